/**
 * Reads a path as people think of it: what lies between a collection and what is in it is one step, `map["key"]` or
 * `list[17]`, instead of node, table and array.
 */
import { COLLECTIONS, type Collection, OF_THREAD, type Role, WRAPPERS } from '../object/collection-layouts.ts'

/** A step of a path, from the object on: its class with all superclasses, and the names by which it refers to the step before. */
export interface StepFacts {
  readonly classes: readonly string[]
  readonly edges: readonly string[]
}

/** The steps `first` … `last` are one: `last` is the collection (or thread), `first` what is in it. */
export interface Fold {
  readonly first: number
  readonly last: number
  readonly role: Role | 'thread-local'
  /** Step of the part that knows the key, or of the array in which key and value stand beside each other. */
  readonly part: number | undefined
  /** Place in a list; of a key or value, the place in the array. */
  readonly index: number | undefined
  /** For its keys. */
  readonly collection: Collection
}

/** @param barrier steps up to this one and those behind it are not neighbours: something was left out there */
export function foldsOf(steps: readonly StepFacts[], barrier = -1): Fold[] {
  const folds: Fold[] = []
  for (let first = 0; first < steps.length - 1;) {
    const end = first <= barrier ? barrier + 1 : steps.length
    const fold = foldFrom(steps.slice(0, end), first)
    if (fold !== undefined) folds.push(fold)
    first = fold?.last ?? first + 1
  }
  return folds
}

function foldFrom(steps: readonly StepFacts[], first: number): Fold | undefined {
  for (const collection of COLLECTIONS) {
    const inner = directFold(steps, first, collection) ?? arrayFold(steps, first, collection)
    const fold = inner ?? partsFold(steps, first, collection)
    if (fold !== undefined) return wrapped(steps, fold)
  }
  return undefined
}

function directFold(steps: readonly StepFacts[], first: number, collection: Collection): Fold | undefined {
  const last = first + 1
  if (collection.direct === undefined || !isOf(steps[last], collection.of)) return undefined
  const direct = steps[last].edges.map((name) => collection.direct?.[name]).find((role) => role !== undefined)
  if (direct === undefined) return undefined
  if (typeof direct !== 'number') return { first, last, role: direct, part: last, index: undefined, collection }
  return { first, last, role: 'element', part: undefined, index: direct, collection }
}

function arrayFold(steps: readonly StepFacts[], first: number, collection: Collection): Fold | undefined {
  const array = first + 1
  const last = first + 2
  if (collection.array === undefined || !hasEdge(steps[last], collection.through)) return undefined
  if (!isArray(steps[array]) || !isOf(steps[last], collection.of)) return undefined
  const index = elementOf(steps[array])
  if (index === undefined) return undefined
  const fold = { first, last, part: array, index, collection }
  switch (collection.array) {
    case 'pairs':
      return { ...fold, role: index % 2 === 0 ? 'key' : 'value' }
    case 'by-ordinal':
      return { ...fold, role: 'value' }
    case 'indexed':
      return { ...fold, role: 'element' }
    case 'unordered':
      return { ...fold, role: 'element', index: undefined }
  }
}

function partsFold(steps: readonly StepFacts[], first: number, collection: Collection): Fold | undefined {
  const { parts, of, through, counted } = collection
  const part = first + 1
  if (parts === undefined || !isOf(steps[part], parts.classes)) return undefined
  const role = steps[part].edges.map((name) => parts.contents[name]).find((each) => each !== undefined)
  if (role === undefined) return undefined
  let links = 0
  let isCounted = counted !== undefined
  for (let last = part + 1; last < steps.length; last++) {
    const step = steps[last]
    if (isOf(step, of) && hasEdge(step, through)) {
      const index = isCounted && counted !== undefined && step.edges.includes(counted.from) ? links : undefined
      return { first, last, role, part, index, collection }
    }
    const isLink = isOf(step, parts.classes) && hasEdge(step, parts.links)
    if (!isLink && !(isArray(step) && elementOf(step) !== undefined)) return undefined
    isCounted &&= isLink && counted !== undefined && step.edges.includes(counted.link)
    links++
  }
  return undefined
}

/** A set is a map inside, a synchronized list a list: the step goes on to what people see. */
function wrapped(steps: readonly StepFacts[], inner: Fold): Fold {
  let fold = inner
  for (;;) {
    const outer = steps[fold.last + 1]
    if (outer === undefined) return fold
    const last = fold.last + 1
    if (fold.collection.isThreadLocal === true) {
      const isThread = isOf(outer, ['java.lang.Thread']) && hasEdge(outer, OF_THREAD)
      return isThread && fold.role === 'value' ? { ...fold, last, role: 'thread-local' } : fold
    }
    const wrapper = WRAPPERS.find(
      ({ of, through }) => outer.classes.some((name) => of.test(name)) && hasEdge(outer, through),
    )
    if (wrapper === undefined) return fold
    const index = wrapper.role === undefined ? fold.index : undefined
    fold = { ...fold, last, role: wrapper.role ?? fold.role, index }
  }
}

function isOf(step: StepFacts | undefined, classes: readonly string[]): step is StepFacts {
  return step?.classes.some((name) => classes.includes(name)) === true
}

function hasEdge(step: StepFacts | undefined, names: readonly string[]): boolean {
  return step?.edges.some((name) => names.includes(name)) === true
}

function isArray(step: StepFacts): boolean {
  return step.classes[0]?.endsWith('[]') === true
}

function elementOf(step: StepFacts): number | undefined {
  const element = step.edges.find((name) => /^\[\d+\]$/.test(name))
  return element === undefined ? undefined : Number(element.slice(1, -1))
}
