/** By what a suspect of one dump is known again in another: its signature, which has no ids and no numbers of classes. */
import { fieldName } from '@heaptrail/api/finding-texts/heap-words'
import type { HeapFinding, Holder, SuspectField } from '@heaptrail/api/heap-findings'
import type { Suspects } from '@heaptrail/heap/suspects/messages'
import { heapFindings } from '../heap/verdict.ts'
import { normalName } from './names.ts'

export interface Lookup {
  readonly className: string
  readonly field: string
  readonly static: boolean
}

/** A finding of one dump, as far as it matters to the other. */
export interface Known {
  readonly signature: string
  readonly name: string
  readonly items: string | undefined
  readonly bytes: number
  readonly finding: HeapFinding
  /** The field through which it can be looked for; absent when there is none. */
  readonly lookup: Lookup | undefined
}

export function knownOf(facts: Suspects): Known[] {
  return heapFindings(facts).flatMap((finding) => known(finding) ?? [])
}

function known(finding: HeapFinding): Known | undefined {
  const { parameters } = finding
  if ('allocator' in parameters) {
    const { culprit, allocator, of: kind } = parameters
    const name = culprit === null ? allocator.className : fieldName(culprit)
    return { ...poolKeys(name, kind), items: undefined, bytes: parameters[kind].lost, finding, lookup: undefined }
  }
  if (!('holder' in parameters)) return undefined
  const field = fieldOf(parameters)
  const items = parameters.items === null ? undefined : normalName(parameters.items.className)
  const name = nameOf(parameters, field, items)
  return {
    signature: `${name} ${items ?? ''}`.trim(),
    name,
    items,
    bytes: parameters.retained,
    finding,
    lookup: field === undefined || isOfMany(finding) ? undefined : lookupOf(field),
  }
}

export function poolKeys(name: string, kind: 'heap' | 'direct'): { signature: string; name: string } {
  return { signature: `netty ${name} ${kind}`, name }
}

/** What is told apart by its items, not by one field. */
function isOfMany({ id }: HeapFinding): boolean {
  return id === 'thread-local-suspect' || id === 'finalizer-backlog'
}

function fieldOf({ growsThrough, culprit, collection }: Holder): SuspectField | undefined {
  return (collection === null ? culprit : (growsThrough ?? culprit)) ?? undefined
}

function nameOf(holder: Holder, field: SuspectField | undefined, items: string | undefined): string {
  if (holder.threadLocal !== null) return holder.threadLocal
  if (field !== undefined) return normalName(`${field.className}${field.static ? '.' : '#'}${field.field}`)
  return holder.collection?.object.className ?? items ?? normalName(holder.holder.className)
}

function lookupOf({ className, field, static: isStatic }: SuspectField): Lookup {
  return { className, field, static: isStatic }
}

export function lookupsFor(known: readonly Known[]): Lookup[] {
  const byName = new Map(
    known.flatMap(({ lookup }) => (lookup === undefined ? [] : [[keyOf(lookup), lookup] as const])),
  )
  return [...byName.values()]
}

export function keyOf({ className, field, static: isStatic }: Lookup): string {
  return `${className} ${field} ${isStatic}`
}
