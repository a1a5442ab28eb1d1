/** Questions that are answered with lists and trees of a whole heap. */
import { gcRoots } from './gc-roots.ts'
import { jvmFacts } from './jvm-facts.ts'
import { classLoaders } from '../loaders/class-loaders.ts'
import { duplicateClasses } from '../loaders/duplicate-classes.ts'
import { loadedClasses } from '../loaders/loaded-classes.ts'
import { owners } from '../owners/owners.ts'
import { properties } from './properties.ts'
import { threadDump } from '../threads/thread-dump.ts'
import { threadStack } from '../threads/thread-stack.ts'
import { threads } from '../threads/threads.ts'
import { unreachable } from './unreachable.ts'
import { arrayFill, arrayHolders } from '../waste/array-fill.ts'
import { collectionFill, collectionHolders } from '../waste/collection-fill.ts'
import { duplicateStrings, surplusHolders } from '../waste/duplicate-strings.ts'

export const LIST_QUESTIONS = {
  threads,
  threadStack,
  threadDump,
  gcRoots,
  classLoaders,
  loadedClasses,
  duplicateClasses,
  owners,
  properties,
  jvmFacts,
  unreachable,
  duplicateStrings,
  surplusHolders,
  collectionFill,
  collectionHolders,
  arrayFill,
  arrayHolders,
} as const
