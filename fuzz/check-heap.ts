/** One dump through the engine: a typed error, a partial result, or one that the slow reader agrees with. */
import { type OracleHeap, type OracleNode, oracleHeap } from '@heaptrail/fixtures/oracle'
import { OracleRefusal } from '@heaptrail/fixtures/oracle-reader'
import type { AnalysisOptions } from '@heaptrail/heap/analysis-options'
import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { inlineRunner } from '@heaptrail/heap/parse/pass-runner'
import { splitRunner } from '@heaptrail/heap/parse/testing/split-runner'
import { type Heap, printId } from '@heaptrail/heap/query/heap'
import { QueryError } from '@heaptrail/heap/query/query-error'
import { QUESTIONS } from '@heaptrail/heap/query/questions'
import { listedClasses } from '@heaptrail/heap/query/lists/summary'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { NO_OBJECT, type Snapshot, VIRTUAL_ROOT } from '@heaptrail/heap/snapshot/snapshot'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { HprofError } from '@heaptrail/hprof/errors'
import { isSentence } from './sentence.ts'

/** `checked`: complete, and the slow reader says the same. `complete`: not compared. */
export type HeapOutcome = 'refused' | 'partial' | 'complete' | 'checked'

export interface HeapCheck {
  /** Only the passes over the dump: half of the time. */
  readonly parseOnly: boolean
  /** Complete results are compared with the slow reader, whose time grows with the square of the objects. */
  readonly compare: boolean
  /** Compared are analyses with the sizes of Eclipse MAT and without unreachable objects. */
  readonly analysis: AnalysisOptions
  /** Among so many the passes are divided. */
  readonly threads: number
  /** Objects about which everything is asked. */
  readonly ask: number
}

/**
 * The slow reader does not attempt to read a heap record as far as it goes when its length is wrong, and looks for names
 * behind what follows a heap.
 */
const BEYOND_THE_ORACLE =
  /^The heap segment at byte|beyond what is kept|beyond the first|(^After the heap|a further heap dump).*\nWithout a name/ms
const MOST_OBJECTS = 400
const WINDOW = { offset: 0, limit: 10 }
const CACHE_BYTES = 1 << 18

/** @throws whatever is neither a result nor a typed error: a finding. */
export async function checkHeap(bytes: Uint8Array, check: HeapCheck): Promise<HeapOutcome> {
  if (check.parseOnly) {
    const parsed = await orRefusal(() => parse(bytes))
    if (parsed === undefined) return 'refused'
    return parsed.partial === undefined ? 'complete' : 'partial'
  }
  const runner = check.threads > 1 ? splitRunner(bytesSource(bytes), check.threads) : undefined
  const heap = await orRefusal(() => analysed(bytes, { cacheBytes: CACHE_BYTES, analysis: check.analysis, runner }))
  if (heap === undefined) return 'refused'
  const { partial, notes } = heap.snapshot.meta
  for (const text of [...notes, ...(partial === undefined ? [] : [partial.message])]) isSentence(text)
  if (partial !== undefined && !(partial.byte >= 0 && partial.byte <= bytes.length))
    throw new Error(`partial at byte ${partial.byte} of ${bytes.length}`)
  if (check.ask > 0) askEverything(heap, check.ask)
  if (partial !== undefined) return 'partial'
  const { sizes, keepUnreachable } = check.analysis
  if (!check.compare || sizes !== 'mat' || keepUnreachable || heap.snapshot.objectCount > MOST_OBJECTS)
    return 'complete'
  if (BEYOND_THE_ORACLE.test(notes.join('\n'))) return 'complete'
  return compare(heap, bytes) ? 'checked' : 'complete'
}

function parse(bytes: Uint8Array): ReturnType<typeof parseHeap> {
  const source = bytesSource(bytes)
  return parseHeap(source, inlineRunner(source), () => {})
}

async function orRefusal<Result>(run: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof HprofError)) throw error
    isSentence(error.message)
    return undefined
  }
}

/** @returns false when the slow reader cannot take this dump. */
function compare(heap: Heap, bytes: Uint8Array): boolean {
  let oracle: OracleHeap
  try {
    oracle = oracleHeap(bytes, heap.snapshot.meta.layout)
  } catch (error) {
    if (error instanceof OracleRefusal) return false
    throw error
  }
  const sizes = oracle.hasPlainClasses
  expectSame(engineLines(heap, oracle, sizes), oracleLines(oracle, sizes))
  return true
}

/** @throws with the lines that differ, and in the first line of the message in what they do. */
function expectSame(engine: readonly string[], oracle: readonly string[]): void {
  const [said, expected] = [new Set(engine), new Set(oracle)]
  const wrong = engine.filter((one) => !expected.has(one))
  const missing = oracle.filter((one) => !said.has(one))
  if (wrong.length === 0 && missing.length === 0) return
  const lines = [
    ...wrong.slice(0, 5).map((one) => `engine ${one}`),
    ...missing.slice(0, 5).map((one) => `oracle ${one}`),
  ]
  throw new Error(`differs from the slow reader: ${differences(wrong, missing)}\n${lines.join('\n')}`)
}

const FACTS = ['dominator', 'root', 'shallow', 'retained']

function differences(wrong: readonly string[], missing: readonly string[]): string {
  const kinds = new Set<string>()
  const byId = new Map(missing.map((one) => [one.split(' ')[0], one]))
  for (const one of wrong) {
    const other = byId.get(one.split(' ')[0])
    if (one.startsWith('class ')) kinds.add('class sums')
    else if (other === undefined) kinds.add('objects')
    else {
      const [facts, otherFacts] = [one, other].map((text) => text.split(' -> '))
      if (facts[1] !== otherFacts[1]) kinds.add('references')
      const [words, otherWords] = [facts[0].split(' '), otherFacts[0].split(' ')]
      words.forEach((word, i) => word !== otherWords[i] && kinds.add(FACTS[i - 1]))
    }
  }
  if (missing.length > wrong.length) kinds.add('missing')
  return [...kinds].toSorted().join(', ')
}

function line(id: number, facts: readonly unknown[], targets: readonly number[]): string {
  return `${id.toString(16)} ${facts.join(' ')} -> ${targets
    .toSorted((a, b) => a - b)
    .map((target) => target.toString(16))
    .join(' ')}`
}

function oracleLines({ nodes, rootIds, classes }: OracleHeap, sizes: boolean): string[] {
  const dominator = (node: OracleNode): string => {
    if (node.immediateDominator === undefined) return 'none'
    return node.immediateDominator === -1 ? 'root' : node.immediateDominator.toString(16)
  }
  const objects = [...nodes.values()].map((node) => {
    const facts = [dominator(node), rootIds.has(node.id)]
    if (sizes) facts.push(String(node.shallow), String(node.reachable ? node.retained : node.shallow))
    return line(node.id, facts, [...node.references])
  })
  // a class that the dump lacks is made up, with an id that only the engine knows
  const sums = [...classes].filter(([id]) => id !== 0 && nodes.has(id))
  return [...objects, ...sums.map(([id, sum]) => classLine(id, sum.objects, sum.shallow, sum.minimumRetained, sizes))]
}

function engineLines(heap: Heap, oracle: OracleHeap, sizes: boolean): string[] {
  const { snapshot } = heap
  const ids = Array.from({ length: snapshot.objectCount + 1 }, (_, i) => (i === 0 ? 0 : Number(snapshot.idOf(i))))
  const objects = ids.slice(1).map((id, i) => {
    const facts: unknown[] = [dominator(snapshot, i + 1, ids), snapshot.isRoot(i + 1)]
    if (sizes) facts.push(snapshot.shallowSize(i + 1), snapshot.retainedSize(i + 1))
    return line(
      id,
      facts,
      Array.from(snapshot.outgoing(i + 1), (target) => ids[target]),
    )
  })
  const sums = listedClasses(heap).filter(
    (type) => type.instances > 0 && type.id !== 0n && oracle.nodes.has(Number(type.id)),
  )
  return [
    ...objects,
    ...sums.map((type) => classLine(Number(type.id), type.instances, type.shallow, type.retainedMin, sizes)),
  ]
}

function classLine(id: number, objects: number, shallow: number, retained: number, sizes: boolean): string {
  return `class ${id.toString(16)} ${objects}${sizes ? ` ${shallow} ${retained}` : ''}`
}

function dominator(snapshot: Snapshot, index: number, ids: readonly number[]): string {
  const at = snapshot.immediateDominator(index)
  if (at === NO_OBJECT) return 'none'
  return at === VIRTUAL_ROOT ? 'root' : ids[at].toString(16)
}

/** Everything that the dashboard asks, about some objects. */
function askEverything(heap: Heap, objects: number): void {
  ask(() => QUESTIONS.summary(heap))
  ask(() => QUESTIONS.histogram(heap, { ...WINDOW, sort: 'retained', order: 'desc', filter: '' }))
  const { objectCount } = heap.snapshot
  const step = Math.max(1, Math.floor(objectCount / objects))
  for (let index = 1; index <= objectCount; index += step) {
    const id = printId(heap.snapshot.idOf(index))
    ask(() => QUESTIONS.objectDetail(heap, id))
    ask(() => QUESTIONS.fields(heap, id, WINDOW))
    ask(() => QUESTIONS.references(heap, id, 'incoming', WINDOW))
    ask(() => QUESTIONS.references(heap, id, 'outgoing', WINDOW))
    ask(() => QUESTIONS.dominators(heap, { ...WINDOW, parent: id }))
    ask(() => QUESTIONS.dominatorAncestors(heap, id))
    ask(() => QUESTIONS.paths(heap, id, { ...WINDOW, exclude: ['weak'] }))
  }
}

function ask(question: () => unknown): void {
  try {
    if (question() === undefined) throw new Error('no answer')
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    isSentence(error.message)
  }
}
