/** System properties, environment and other facts about the JVM that a heap dump is of. */
import { z } from 'zod'
import { ObjectId } from './ids.ts'
import { Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)

export const PropertiesQuery = Window.extend({
  filter: z
    .string()
    .max(200)
    .default('')
    .describe('Part of a name or of a shown value (case ignored), or `/regular expression/`.'),
  reveal: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((names) => (typeof names === 'string' ? [names] : names))
    .describe('Names of properties whose hidden values are asked for; `*`: all of them.'),
})
export type PropertiesQuery = z.infer<typeof PropertiesQuery>

export const PropertyRow = z.object({
  source: z.enum(['system', 'environment']),
  name: z.string(),
  /** Without what looks like a secret, unless it was asked for. */
  value: z.string(),
  /** Why something is hidden: the name says so, or parts of the value look like a secret. */
  hidden: z.enum(['name', 'look']).nullable(),
  /** The string that holds the value; null while something of it is hidden. */
  objectId: ObjectId.nullable(),
})
export type PropertyRow = z.infer<typeof PropertyRow>

export const Properties = pageOf(PropertyRow).extend({
  /** Whatever the filter. */
  counts: z.object({ system: Count, environment: Count, hidden: Count }),
})
export type Properties = z.infer<typeof Properties>

const Fact = z.string().nullable()

/** Null where the heap does not tell. */
export const JvmFacts = z.object({
  version: Fact,
  vendor: Fact,
  vmName: Fact,
  vmVersion: Fact,
  /** `Linux 6.1.0 (amd64)` */
  os: Fact,
  timeZone: Fact,
  encoding: Fact,
  user: Fact,
  directory: Fact,
  javaHome: Fact,
  mainClass: Fact,
  /** Main class or archive with its arguments; what looks like a secret is left out. */
  command: Fact,
  /** Of the process, when the program asked for it. */
  pid: z.number().int().nullable(),
  startedAt: z.iso.datetime().nullable(),
  /** Null where neither a management bean nor an option tells it; `beans` are what does. */
  collector: z.object({ name: z.string(), beans: z.array(z.string()) }).nullable(),
  /** `-Xmx512m`, as the JVM was started; null where the program has never asked for them. Secrets are left out. */
  options: z.array(z.string()).nullable(),
  /** That the JVM saw. */
  processors: z.number().int().nullable(),
  /** Bytes that the heap may grow to. */
  maxHeap: z.number().int().nullable(),
  /** Bytes of direct buffers of the JDK. */
  direct: z.object({ used: z.number().int(), limit: z.number().int() }).nullable(),
})
export type JvmFacts = z.infer<typeof JvmFacts>
