/** What can be chosen when a heap dump is analysed. Analyses that differ in it can exist side by side. */
import { z } from 'zod'

/** Parts that are absent are inferred from the dump. */
export const LayoutOverride = z.object({
  /** Bytes of a reference on the heap. */
  referenceSize: z.union([z.literal(4), z.literal(8)]).optional(),
  /** Bytes before the first field: 8 (compact headers, or 32 bits), 12, or 16 (no compressed class pointers). */
  instanceHeader: z.union([z.literal(8), z.literal(12), z.literal(16)]).optional(),
  /** What objects are aligned to. */
  alignment: z.literal([8, 16, 32, 64, 128, 256]).optional(),
})
export type LayoutOverride = z.infer<typeof LayoutOverride>

export const AnalysisOptions = z.object({
  /** `jvm`: sizes as the JVM laid objects out; `mat`: exactly as Eclipse MAT counts them, also where it is wrong. */
  sizes: z.enum(['jvm', 'mat']).default('jvm'),
  /** Objects that no GC root reaches are kept: some of them become GC roots of the type `Unreachable`. */
  keepUnreachable: z.boolean().default(false),
  layout: LayoutOverride.default({}),
})
export type AnalysisOptions = z.infer<typeof AnalysisOptions>

export const DEFAULT_ANALYSIS: AnalysisOptions = AnalysisOptions.parse({})
