import type { ClassRow, DominatorRow, HeapReport } from '../report/heap-report.ts'
import { heapFindingLines } from './heap-finding-text.ts'
import { countText, percentText, secondsText, sizeText } from './numbers.ts'
import { printable } from './printable.ts'
import { type Column, tableText } from './table.ts'

/** @param rows per table, at most. */
export function heapText(report: HeapReport, rows: number): string {
  const { totals, analysis } = report
  return [
    headText(report),
    factsText(report),
    '',
    'Findings:',
    ...heapFindingLines(report.findings),
    '',
    `GC roots: ${countText(totals.gcRoots)} objects (one can be a root for several reasons)`,
    tableText(ROOT_COLUMNS, report.gcRoots, report.gcRoots.length),
    `Biggest objects: the first level of the dominator tree, ${countText(report.dominatorsTotal)} objects`,
    tableText(dominatorColumns(totals.usedHeap), report.dominators, Math.min(rows, 20), report.dominatorsTotal),
    `Histogram: ${countText(totals.classes)} classes by minimum retained size`,
    tableText(CLASS_COLUMNS, report.histogram, rows),
    `Analysis: ${secondsText(analysis.wallMs)}, CPU ${secondsText(analysis.cpuMs)}, peak memory ${sizeText(analysis.peakMemory)}, snapshot ${sizeText(analysis.snapshotSize)}`,
    tableText(PHASE_COLUMNS, analysis.phases, analysis.phases.length),
  ].join('\n')
}

function headText(report: HeapReport): string {
  const from = report.archive === null ? '' : ` (in ${printable(report.archive)})`
  const lines = [`${printable(report.name)}${from}: heap dump, ${sizeText(report.fileSize)}`]
  if (report.partial !== null) lines.push(`  PARTIAL: ${report.partial.message}`)
  for (const note of report.notes) lines.push(`  Note: ${printable(note)}`)
  return lines.join('\n')
}

function factsText({ format, identifierSize, takenAt, jvm, layout, totals }: HeapReport): string {
  const { unreachable } = totals
  const compact = layout.compactHeaders ? ', compact object headers' : ''
  const facts: [string, string][] = [
    ['Format', `${printable(format)}, ids of ${identifierSize} bytes`],
    ['Taken', takenAt ?? 'not said'],
    ['JVM', jvm === null ? 'not found' : printable(jvm)],
    [
      'Layout',
      `${layout.references} references (${layout.referenceSize} bytes), headers of ${layout.instanceHeader} and (arrays) ${layout.arrayHeader} bytes, alignment ${layout.alignment}${compact}: ${layout.certainty}`,
    ],
    ['Used heap', `${sizeText(totals.usedHeap)} (${countText(totals.usedHeap)} bytes)`],
    ['Objects', countText(totals.objects)],
    ['Classes', `${countText(totals.classes)}, class loaders ${countText(totals.classLoaders)}`],
    ['Unreachable', `${countText(unreachable.objects)} objects, ${sizeText(unreachable.bytes)}`],
  ]
  return facts.map(([name, value]) => `  ${name.padEnd(12)} ${value}`).join('\n')
}

const ROOT_COLUMNS: Column<HeapReport['gcRoots'][number]>[] = [
  { title: 'Objects', align: 'right', text: (row) => countText(row.objects) },
  { title: 'Type', align: 'left', text: (row) => row.type },
]

const PHASE_COLUMNS: Column<HeapReport['analysis']['phases'][number]>[] = [
  { title: 'Wall', align: 'right', text: (row) => secondsText(row.wallMs) },
  { title: 'CPU', align: 'right', text: (row) => secondsText(row.cpuMs) },
  { title: 'Phase', align: 'left', text: (row) => row.phase },
]

const CLASS_COLUMNS: Column<ClassRow>[] = [
  { title: 'Objects', align: 'right', text: (row) => countText(row.instances) },
  { title: 'Shallow', align: 'right', text: (row) => sizeText(row.shallow) },
  { title: 'Retained ≥', align: 'right', text: (row) => sizeText(row.retained) },
  { title: 'Class', align: 'left', text: (row) => printable(row.className) },
  { title: 'Class id', align: 'left', text: (row) => row.classId },
  { title: 'Loader', align: 'left', text: (row) => loaderText(row) },
]

function loaderText({ loader }: ClassRow): string {
  if (loader === null) return ''
  return printable(loader.name === null ? `${loader.className} ${loader.id}` : `${loader.className} "${loader.name}"`)
}

function dominatorColumns(usedHeap: number): Column<DominatorRow>[] {
  return [
    { title: 'Retained', align: 'right', text: (row) => sizeText(row.retained) },
    { title: 'of heap', align: 'right', text: (row) => percentText(row.retained, usedHeap) },
    { title: 'Shallow', align: 'right', text: (row) => sizeText(row.shallow) },
    { title: 'Object', align: 'left', text: objectText },
    { title: 'Id', align: 'left', text: (row) => row.id },
  ]
}

/** An object by what it is: `class acme.Main`, `java.lang.Thread "main"`, `byte[1,024]`. */
function objectText({ className, label }: DominatorRow): string {
  switch (label.kind) {
    case 'plain':
      return printable(className)
    case 'class':
      return printable(`class ${label.name}`)
    case 'thread':
    case 'class-loader':
      return printable(`${className} "${label.name}"`)
    case 'string':
    case 'value':
      return printable(`${className} "${label.text}"`)
    case 'collection':
      return printable(`${className} size=${countText(label.size)}`)
    case 'array':
      return printable(className.replace('[]', `[${countText(label.length)}]`))
  }
}
