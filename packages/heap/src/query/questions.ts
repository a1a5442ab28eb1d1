/** All questions by name: what crosses from a server or a page to the process or worker that holds the heap. */
import { dominatorGroups } from './dominators/dominator-groups.ts'
import { dominatorSlice } from './dominators/dominator-slice.ts'
import { dominatorAncestors, dominators } from './dominators/dominators.ts'
import { classDetail } from './classes/class-detail.ts'
import { classTotals } from '../compare/class-totals.ts'
import { keptObjects } from '../compare/kept-objects.ts'
import { contents } from './object/contents.ts'
import { objectDetail } from './object/detail.ts'
import { fields } from './object/fields.ts'
import type { Heap } from './heap.ts'
import { histogram } from './classes/histogram.ts'
import { histogramGroups } from './classes/histogram-groups.ts'
import { LIST_QUESTIONS } from './lists/list-questions.ts'
import { nextDrop } from './dominators/next-drop.ts'
import { objectsOfClass } from './classes/objects-of-class.ts'
import { pathsToRoots } from './paths/paths.ts'
import type { PathsQuery } from './messages.ts'
import { arrayPiece, hexRows, textPage } from './object/raw-text.ts'
import { referenceGroups, referencesOfGroup } from './object/reference-groups.ts'
import { references } from './object/references.ts'
import { retainedBreakdown } from './object/retained-breakdown.ts'
import { netty, nettyBuffers, nettyChunks } from '../netty/netty.ts'
import { heldThrough } from '../suspects/held-through.ts'
import { suspects } from '../suspects/suspects.ts'
import { summary } from './lists/summary.ts'
import { SELECTION_QUESTIONS } from '../what-if/questions.ts'

export const QUESTIONS = {
  summary,
  histogram,
  histogramGroups,
  ...LIST_QUESTIONS,
  objectsOfClass,
  classDetail,
  dominators,
  dominatorAncestors,
  dominatorGroups,
  dominatorSlice,
  nextDrop,
  objectDetail,
  fields,
  contents,
  textPage,
  hexRows,
  arrayPiece,
  references,
  referenceGroups,
  referencesOfGroup,
  retainedBreakdown,
  suspects,
  heldThrough,
  classTotals,
  netty,
  nettyChunks,
  nettyBuffers,
  ...SELECTION_QUESTIONS,
  paths: (heap: Heap, id: string, query: PathsQuery) => pathsToRoots(heap, id, query),
} as const

/** Questions about a heap and another one, whose snapshot is opened for them and closed again. */
export const PAIR_QUESTIONS = { keptObjects } as const

export type Questions = typeof QUESTIONS
type PairQuestions = typeof PAIR_QUESTIONS
export type QuestionName = keyof Questions
export type PairQuestionName = keyof PairQuestions

/** Arguments of a question, without the heap. */
export type QuestionArguments<Name extends QuestionName> =
  Parameters<Questions[Name]> extends [Heap, ...infer Rest] ? Rest : never
export type Answer<Name extends QuestionName> = ReturnType<Questions[Name]>

/** The same questions, asked of a heap elsewhere. */
export type HeapClient = {
  readonly [Name in QuestionName]: (...args: QuestionArguments<Name>) => Promise<Answer<Name>>
} & {
  /** The argument is the path of the other heap's snapshot. */
  readonly [Name in PairQuestionName]: (otherSnapshot: string) => Promise<ReturnType<PairQuestions[Name]>>
}
