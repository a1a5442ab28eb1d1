/** All questions by name: what crosses from a server or a page to the process or worker that holds the heap. */
import { dominatorGroups } from './dominator-groups.ts'
import { dominatorSlice } from './dominator-slice.ts'
import { dominatorAncestors, dominators } from './dominators.ts'
import { classDetail } from './class-detail.ts'
import { classTotals } from '../compare/class-totals.ts'
import { keptObjects } from '../compare/kept-objects.ts'
import { contents } from './contents.ts'
import { objectDetail } from './detail.ts'
import { fields } from './fields.ts'
import type { Heap } from './heap.ts'
import { histogram } from './histogram.ts'
import { histogramGroups } from './histogram-groups.ts'
import { LIST_QUESTIONS } from './list-questions.ts'
import { nextDrop } from './next-drop.ts'
import { objectsOfClass } from './objects-of-class.ts'
import { pathsToRoots } from './paths.ts'
import type { PathsQuery } from './messages.ts'
import { arrayPiece, hexRows, textPage } from './raw-text.ts'
import { referenceGroups, referencesOfGroup } from './reference-groups.ts'
import { references } from './references.ts'
import { retainedBreakdown } from './retained-breakdown.ts'
import { netty, nettyBuffers, nettyChunks } from '../netty/netty.ts'
import { heldThrough } from '../suspects/held-through.ts'
import { suspects } from '../suspects/suspects.ts'
import { summary } from './summary.ts'
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
