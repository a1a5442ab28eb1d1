/** What an object is, in words: the same in every view. */
import type { EdgeName, HeapObject } from '@heaptrail/api/heap'
import { splitClassName, withLength } from './class-name.ts'
import { formatCount } from './count.ts'
import { oneLine } from './safe-text.ts'

export interface ObjectText {
  /** A word before the name, `class`, or empty. */
  readonly prefix: string
  /** The part in bold: a simple class name, with the length for an array. */
  readonly name: string
  readonly packageName: string
  /** What tells this object from others of its class: a thread's name, a string's text; or empty. */
  readonly detail: string
}

export function quote(text: string): string {
  return `"${oneLine(text)}"`
}

export function objectText({ className, label }: Pick<HeapObject, 'className' | 'label'>): ObjectText {
  const { packageName, simpleName } = splitClassName(className)
  const plain = { prefix: '', name: simpleName, packageName, detail: '' }
  switch (label.kind) {
    case 'plain':
      return plain
    case 'class': {
      const of = splitClassName(label.name)
      return { prefix: 'class', name: of.simpleName, packageName: of.packageName, detail: '' }
    }
    case 'thread':
      return { ...plain, detail: quote(label.name) }
    case 'class-loader':
      return { ...plain, detail: label.name === '' ? '' : quote(label.name) }
    case 'string':
      return { ...plain, detail: quote(label.text) + (label.length > label.text.length ? '…' : '') }
    case 'array':
      return { ...plain, name: withLength(simpleName, formatCount(label.length)) }
    case 'value':
      return { ...plain, detail: oneLine(label.text) }
    case 'collection':
      return { ...plain, detail: `size=${formatCount(label.size)}` }
  }
}

/** One line for screen readers and tooltips: `class a.b.Server 0xfd5…`. */
export function objectSentence(object: Pick<HeapObject, 'className' | 'label' | 'id'>): string {
  const { prefix, name, packageName, detail } = objectText(object)
  const qualified = packageName === '' ? name : `${packageName}.${name}`
  return [prefix, qualified, detail, object.id].filter((part) => part !== '').join(' ')
}

/** `[3], next` for edges between the same two objects; `static` stands before statics. */
export function edgesText(edges: readonly EdgeName[], staticWord: string): string {
  return edges.map((edge) => (edge.kind === 'static' ? `${staticWord} ${edgeName(edge)}` : edgeName(edge))).join(', ')
}

/** The bare name of an edge, without the word `static` that the server may put before it. */
export function edgeName(edge: EdgeName): string {
  return edge.kind === 'static' ? edge.name.replace(/^static /, '') : edge.name
}
