/**
 * Which classes are the user's own code: those that are neither the JDK's nor a known library's and stand in the
 * same organisation's packages as the main class or as the outermost frames of the threads. Where neither tells
 * anything, everything unknown counts as own.
 */
import type { SnapshotClass } from '../../snapshot/snapshot.ts'
import { JDK_PACKAGES, LIBRARY_PACKAGES, isBelow } from './known-libraries.ts'

export interface OwnCode {
  /** Package prefixes, the most telling first; `(default package)` for classes without one. */
  readonly packages: readonly string[]
  isOwn(classNumber: number): boolean
  /** Neither the JDK's nor a known library's: the second best guess when a path meets no own code. */
  isUnknown(classNumber: number): boolean
  /** Somebody said so: then nothing else is taken for own code. */
  readonly isChosen: boolean
}

export const DEFAULT_PACKAGE = '(default package)'

const JDK = new Set(JDK_PACKAGES)
const KNOWN = new Set([...JDK_PACKAGES, ...LIBRARY_PACKAGES])
/** First segments that name no organisation by themselves; so do all of two letters. */
const TOP_LEVEL = new Set([
  'com',
  'org',
  'net',
  'edu',
  'gov',
  'info',
  'dev',
  'app',
  'biz',
  'cloud',
  'software',
  'tech',
  'xyz',
])
/** Second segments that name no organisation either: `co.uk`, `com.cn`. */
const SECOND_LEVEL = new Set(['co', 'com', 'org', 'net', 'gov', 'edu', 'ac'])
const MAIN_CLASS_WEIGHT = 1000
const OUTERMOST_WEIGHT = 10
/** A group far behind the best one in evidence, such as a library's pool that starts threads of its own, is no own code. */
const LEAST_SHARE = 0.01

/**
 * @param mainClass name of the class that was started, when it is known.
 * @param stacks frames of each thread from the top, as in a thread dump: `acme.Shop.main(Shop.java:3)`.
 */
export function learnOwnCode(
  classes: readonly SnapshotClass[],
  mainClass: string | undefined,
  stacks: readonly (readonly string[])[],
): OwnCode {
  const groups = classes.map((type) => groupOf(type.name))
  const evidence = weighEvidence(mainClass, stacks, new Set(groups))
  const own = chooseOwn(evidence, groups)
  const program = own.length === 0 ? libraryProgram(mainClass) : undefined
  const ownGroups = new Set(own)
  const programs = new Set(program === undefined ? [] : [program])
  return {
    packages: program === undefined ? own.map((group) => (group === '' ? DEFAULT_PACKAGE : group)) : [program],
    isOwn: (classNumber) => {
      const group = groups[classNumber]
      return group === undefined ? isBelow(packageOf(classes[classNumber].name), programs) : ownGroups.has(group)
    },
    isUnknown: (classNumber) => groups[classNumber] !== undefined,
    isChosen: false,
  }
}

/** @param packages prefixes that somebody chose, libraries among them if they like. */
export function chosenOwnCode(classes: readonly SnapshotClass[], packages: readonly string[]): OwnCode {
  const chosen = new Set(packages)
  const isOwn = (classNumber: number): boolean => {
    const name = classes[classNumber].name.replace(/(\[\])+$/, '')
    const packageName = packageOf(name)
    if (packageName === '') return chosen.has(DEFAULT_PACKAGE) && groupOf(name) === ''
    return isBelow(packageName, chosen)
  }
  return {
    packages,
    isOwn,
    isUnknown: (classNumber) => groupOf(classes[classNumber].name) !== undefined || isOwn(classNumber),
    isChosen: true,
  }
}

/** @returns groups with evidence, or else all, the most telling first. */
function chooseOwn(evidence: ReadonlyMap<string, number>, groups: readonly (string | undefined)[]): string[] {
  const most = Math.max(0, ...evidence.values())
  const told = [...evidence].filter(([, weight]) => weight >= most * LEAST_SHARE).toSorted((a, b) => b[1] - a[1])
  if (told.length > 0) return told.map(([group]) => group)
  const counts = new Map<string, number>()
  for (const group of groups) if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([group]) => group)
}

/** Who looks at the heap of a known library's own program, works on that. */
function libraryProgram(mainClass: string | undefined): string | undefined {
  const program = mainClass === undefined ? '' : packageOf(mainClass)
  return program === '' || isBelow(program, JDK) ? undefined : program.split('.').slice(0, 3).join('.')
}

function weighEvidence(
  mainClass: string | undefined,
  stacks: readonly (readonly string[])[],
  groups: ReadonlySet<string | undefined>,
): Map<string, number> {
  const evidence = new Map<string, number>()
  const add = (group: string | undefined, weight: number): void => {
    if (group !== undefined && groups.has(group)) evidence.set(group, (evidence.get(group) ?? 0) + weight)
  }
  if (mainClass !== undefined) add(groupOf(mainClass), MAIN_CLASS_WEIGHT)
  for (const frames of stacks) {
    const inFrames = frames.map((frame) => groupOf(classOfFrame(frame))).filter((group) => group !== undefined)
    add(inFrames.at(-1), OUTERMOST_WEIGHT)
    const bottom = frames.at(-1) ?? ''
    if (/\.main\(/.test(bottom)) add(groupOf(classOfFrame(bottom)), MAIN_CLASS_WEIGHT)
  }
  return evidence
}

/** `acme.Shop.main(Shop.java:3)` → `acme.Shop`. */
function classOfFrame(frame: string): string {
  const method = frame.split('(', 1)[0].replace(/^at /, '')
  return method.slice(0, Math.max(0, method.lastIndexOf('.')))
}

function packageOf(className: string): string {
  return className.slice(0, Math.max(0, className.replace(/\/.*/, '').lastIndexOf('.')))
}

/** @returns the organisation's part of the package; undefined for the JDK, known libraries, arrays of primitives and generated classes. */
function groupOf(className: string): string | undefined {
  const name = className.replace(/(\[\])+$/, '')
  const packageName = packageOf(name)
  if (packageName === '') return /^(boolean|byte|char|short|int|long|float|double)?$|^\$/.test(name) ? undefined : ''
  if (isBelow(packageName, KNOWN)) return undefined
  const parts = packageName.split('.')
  const topLevel = TOP_LEVEL.has(parts[0]) || parts[0].length === 2
  if (!topLevel) return parts[0]
  const deep = parts[0].length === 2 && SECOND_LEVEL.has(parts[1] ?? '')
  return parts.slice(0, deep ? 3 : 2).join('.')
}
