/**
 * Which analysis of which heap dump: the artifact's id, and `~` with what the options differ in from the default ones.
 * `V1StGXR8_Z5jdHi6B-myTQ` is the default analysis, `V1StGXR8_Z5jdHi6B-myTQ~keep-r8` another one of the same dump.
 */
import { z } from 'zod'
import { AnalysisOptions, DEFAULT_ANALYSIS } from './analysis-options.ts'
import type { EntityId } from './ids.ts'

/** Letters, digits and hyphens; '' for the default options. The same for the same options. */
export function printAnalysisKey({ sizes, keepUnreachable, layout }: AnalysisOptions): string {
  const parts = [
    sizes === DEFAULT_ANALYSIS.sizes ? '' : sizes,
    keepUnreachable ? 'keep' : '',
    layout.referenceSize === undefined ? '' : `r${layout.referenceSize}`,
    layout.instanceHeader === undefined ? '' : `h${layout.instanceHeader}`,
    layout.alignment === undefined ? '' : `a${layout.alignment}`,
  ]
  return parts.filter((part) => part !== '').join('-')
}

/** Parts that mean nothing are passed over, so that every key names some options. */
export function parseAnalysisKey(key: string): AnalysisOptions {
  const options = {
    sizes: DEFAULT_ANALYSIS.sizes as string,
    keepUnreachable: false,
    layout: {} as Record<string, number>,
  }
  for (const part of key.split('-')) {
    const [, letter, number] = /^([rha])(\d{1,3})$/.exec(part) ?? []
    if (part === 'mat' || part === 'jvm') options.sizes = part
    else if (part === 'keep') options.keepUnreachable = true
    else if (letter !== undefined) options.layout[LAYOUT_PARTS[letter] ?? ''] = Number(number)
  }
  const whole = AnalysisOptions.safeParse(options)
  return whole.success ? whole.data : AnalysisOptions.catch(DEFAULT_ANALYSIS).parse({ ...options, layout: {} })
}

const LAYOUT_PARTS: Readonly<Record<string, string>> = { r: 'referenceSize', h: 'instanceHeader', a: 'alignment' }

export const HeapRef = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,40}(~[a-z0-9-]{1,60})?$/, 'an analysis is the id of an artifact, with or without ~options')
  .describe(
    'Id of the artifact; behind a ~ the options of another analysis than the default one, as a case lists them.',
  )
export type HeapRef = z.infer<typeof HeapRef>

export function parseHeapRef(ref: string): { readonly artifactId: EntityId; readonly options: AnalysisOptions } {
  const [artifactId = '', key = ''] = ref.split('~')
  return { artifactId, options: parseAnalysisKey(key) }
}

export function printHeapRef(artifactId: EntityId, options: AnalysisOptions): HeapRef {
  const key = printAnalysisKey(options)
  return key === '' ? artifactId : `${artifactId}~${key}`
}
