/** Questions about selections of objects, and about references that might be cut. */
import { mergedPaths } from '../merged-paths/levels.ts'
import { whatIfCut } from './cut-reference.ts'
import { selectionDominators } from './selection-dominators.ts'
import { retainedSetOf } from './selection.ts'

export const SELECTION_QUESTIONS = { whatIfCut, retainedSetOf, selectionDominators, mergedPaths } as const
