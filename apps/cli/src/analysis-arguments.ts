/** The options of a heap analysis on the command line, as all commands that analyse dumps take them. */
import type { AnalysisOptions, LayoutOverride } from '@heaptrail/heap/analysis-options'

/** For `parseArgs`. */
export const ANALYSIS_ARGUMENTS = {
  sizes: { type: 'string' },
  layout: { type: 'string' },
  'keep-unreachable': { type: 'boolean' },
} as const

export const ANALYSIS_USAGE = `      --sizes jvm|mat      sizes as the JVM laid objects out (default), or as Eclipse MAT counts them
      --layout KEY=N,…     what of the layout is not to be inferred: references=4|8, header=8|12|16,
                           alignment=8|16|32|64|128|256
      --keep-unreachable   keep objects that no GC root reaches
`

interface Values {
  readonly sizes?: string | undefined
  readonly layout?: string | undefined
  readonly 'keep-unreachable'?: boolean | undefined
}

const LAYOUT_KEYS = {
  references: { part: 'referenceSize', values: [4, 8] },
  header: { part: 'instanceHeader', values: [8, 12, 16] },
  alignment: { part: 'alignment', values: [8, 16, 32, 64, 128, 256] },
} as const

/** @throws TypeError saying what is not understood */
export function analysisOptions(values: Values): AnalysisOptions {
  const { sizes = 'jvm' } = values
  if (sizes !== 'jvm' && sizes !== 'mat') throw new TypeError('--sizes takes jvm or mat.')
  return { sizes, keepUnreachable: values['keep-unreachable'] === true, layout: layoutOverride(values.layout) }
}

function layoutOverride(text: string | undefined): LayoutOverride {
  const parts = (text ?? '').split(',').filter((part) => part !== '')
  return Object.fromEntries(parts.map(layoutPart))
}

function layoutPart(text: string): [part: string, value: number] {
  const [, key, digits] = /^(references|header|alignment)=(\d+)$/.exec(text) ?? []
  if (key === undefined) throw new TypeError('--layout takes references=, header= and alignment=, with commas between.')
  const { part, values } = LAYOUT_KEYS[key as keyof typeof LAYOUT_KEYS]
  const value = Number(digits)
  if (!values.some((allowed) => allowed === value))
    throw new TypeError(`--layout ${key}= takes one of ${values.join(', ')}.`)
  return [part, value]
}
