/** Findings of a heap dump as sentences for people. */
import type { HeapFinding } from '../report/heap-finding.ts'
import { printable } from './printable.ts'

/** What it is, what holds it and why, what would be free, what to do, and what speaks against it; then the path. */
export function heapFindingLines(findings: readonly HeapFinding[]): string[] {
  return findings.flatMap((finding) => [
    `  ${finding.severity.toUpperCase().padEnd(12)} ${printable(plain(finding.title))}`,
    ...[finding.explanation, finding.freed, finding.nextStep, finding.against]
      .filter((text) => text !== '')
      .flatMap((text) => wrapped(plain(text)).map((line) => `${MARGIN}${line}`)),
    ...pathLines(finding),
  ])
}

const MARGIN = ' '.repeat(15)
const MOST_STEPS = 12

/** Lines of words, none longer than WIDTH unless one word is. */
function wrapped(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${printable(word)}`
    else lines.push(printable(word))
  }
  return lines
}
const WIDTH = 100

/** Backquotes mark names for views that print them in another type. */
function plain(text: string): string {
  return text.replaceAll('`', '')
}

function pathLines({ parameters, severity }: HeapFinding): string[] {
  if (severity === 'info' || !('path' in parameters)) return []
  const steps = parameters.path.slice(0, MOST_STEPS).map(({ object, edges }) => {
    const name = object.label.kind === 'class' ? `class ${object.label.name}` : object.className
    return edges.length === 0
      ? `${name} ${object.id}`
      : `${edges.map((edge) => edge.name).join(', ')} of ${name} ${object.id}`
  })
  return steps.map((step, place) => `${MARGIN}${place === 0 ? 'path: ' : '  <-  '}${printable(step)}`)
}
