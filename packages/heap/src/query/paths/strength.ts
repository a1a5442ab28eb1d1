/**
 * Which references a search for paths leaves out: the `referent` of weak, soft, phantom and final references,
 * whatever subclass they are of (other fields of such objects, `next` or the value of an entry, are strong), and what
 * people name: `Class#field`, instance or static, or `Class` for all that objects of the class and its subclasses refer to.
 */
import type { Heap } from '../heap.ts'
import type { IsExcluded } from './long-path.ts'
import type { ReferenceStrength } from '../messages.ts'
import { QueryError } from '../query-error.ts'
import { dumpOf, readInstance, referenceIn } from '../record.ts'

const REFERENCE = 'java.lang.ref.Reference'

/** What is left out of what objects of a class refer to. */
interface ClassRule {
  readonly referent: boolean
  readonly everything: boolean
  readonly fields: ReadonlySet<string>
  /** Of the class itself, by its class object. */
  readonly statics: ReadonlySet<string>
}

/**
 * @param without `Class#field` or `Class`
 * @throws QueryError when something is to be left out and the dump, which names the fields, is not there any more; when a
 * class or field of `without` is not in the dump.
 */
export function exclusion(
  heap: Heap,
  exclude: readonly ReferenceStrength[],
  without: readonly string[] = [],
): IsExcluded {
  if (exclude.length === 0 && without.length === 0) return () => false
  dumpOf(heap)
  const rules = rulesOf(
    heap,
    exclude,
    without.map((words) => parseExclusion(heap, words)),
  )
  return (source, target) => {
    const standsFor = without.length === 0 ? -1 : heap.snapshot.classNumberOfObject(source)
    if (standsFor >= 0) return isOnlyExcludedStatic(heap, rules[standsFor], standsFor, target)
    const rule = rules[heap.snapshot.classOf(source)]
    return rule !== undefined && (rule.everything || isOnlyExcludedField(heap, rule, source, target))
  }
}

interface OwnExclusion {
  readonly className: string
  /** Undefined: all of them. */
  readonly field: string | undefined
}

function parseExclusion(heap: Heap, words: string): OwnExclusion {
  const [className = '', field] = words.split('#')
  const number = heap.facts.numberOf(className)
  if (number < 0) throw new QueryError('class-not-found', `There is no class ${className} in this dump.`)
  if (field === undefined) return { className, field }
  const { statics } = heap.snapshot.classDetails(number)
  const known = [...heap.facts.fieldsOf(number), ...statics].some(({ name, type }) => name === field && type === 2)
  if (!known) throw new QueryError('bad-request', `${className} has no field ${field} that refers to objects.`)
  return { className, field }
}

function rulesOf(
  heap: Heap,
  exclude: readonly ReferenceStrength[],
  own: readonly OwnExclusion[],
): readonly (ClassRule | undefined)[] {
  const kinds = new Set<string | undefined>(exclude)
  return heap.classes.map(({ number, name }) => {
    const names = new Set(own.length === 0 ? [] : heap.facts.chainOf(number).map((each) => heap.classes[each].name))
    const hit = own.filter(({ className }) => names.has(className))
    const referent = kinds.has(heap.facts.kindOf(number))
    if (!referent && hit.length === 0) return undefined
    return {
      referent,
      everything: hit.some(({ field }) => field === undefined),
      fields: new Set(hit.flatMap(({ field }) => field ?? [])),
      statics: new Set(hit.flatMap(({ className, field }) => (className === name ? (field ?? []) : []))),
    }
  })
}

function isOnlyExcludedField(heap: Heap, rule: ClassRule, source: number, target: number): boolean {
  const record = readInstance(heap, source)
  if (record === undefined) return false
  const id = heap.snapshot.idOf(target)
  if (heap.classes[heap.snapshot.classOf(source)].id === id || isLocalOf(heap, source, target)) return false
  let isReferred = false
  for (const field of record.fields) {
    if (field.type !== 2 || referenceIn(heap, record, field) !== id) continue
    const isReferent = field.name === 'referent' && heap.classes[field.declaredBy].name === REFERENCE
    if (!(isReferent && rule.referent) && !rule.fields.has(field.name)) return false
    isReferred = true
  }
  return isReferred
}

/** A thread refers to what its stack holds, which no field tells. */
function isLocalOf({ snapshot }: Heap, source: number, target: number): boolean {
  const position = snapshot.threadOfObject(source)
  return position >= 0 && snapshot.thread(position).locals.some(({ index }) => index === target)
}

function isOnlyExcludedStatic(heap: Heap, rule: ClassRule | undefined, number: number, target: number): boolean {
  if (rule === undefined || (rule.statics.size === 0 && !rule.everything)) return false
  const id = heap.snapshot.idOf(target)
  const { superNumber, loaderId } = heap.classes[number]
  if (id === loaderId || (superNumber >= 0 && heap.classes[superNumber].id === id)) return false
  const referring = heap.snapshot
    .classDetails(number)
    .statics.filter(({ type, value }) => type === 2 && BigInt(value) === id)
  return referring.length > 0 && (rule.everything || referring.every(({ name }) => rule.statics.has(name)))
}
