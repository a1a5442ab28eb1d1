/** The only place that reads the environment. docs/settings.md describes every setting. */
import { homedir } from 'node:os'
import { isIP } from 'node:net'
import path from 'node:path'
import { DEFAULT_LIMITS, type IntakeLimits } from '@heaptrail/intake/limits'
import { z } from 'zod'
import { DEFAULT_REQUEST_LIMITS, type RequestLimits } from './request-limits.ts'
import { isLoopback } from './loopback.ts'

/** Fixed, so that links survive a restart. */
export const DEFAULT_PORT = 4280
const MIB = 2 ** 20
const GIB = 2 ** 30
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

export interface Config {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly dataDirectory: string
  /** A PostgreSQL database; undefined: the embedded one in the data directory. */
  readonly databaseUrl: string | undefined
  /** Files in it may be opened over HTTP, and are read in place; undefined: none. */
  readonly importDirectory: string | undefined
  /** Address to put in front of links, without a slash at its end. */
  readonly publicUrl: string | undefined
  /** What everybody has to give before anything of a case is told; undefined: nobody is asked. */
  readonly accessKey: string | undefined
  readonly logLevel: (typeof LOG_LEVELS)[number]
  /** Heap analyses that run at the same time. */
  readonly analyses: number
  /** Bytes of one upload. */
  readonly maxUploadBytes: number
  /** What packed uploads may come to. */
  readonly unpackLimits: IntakeLimits
  /** Bytes of the disk that stay free. */
  readonly minFreeBytes: number
  /** Bytes that all cases together may take; undefined: what the disk has. */
  readonly quotaBytes: number | undefined
  /** Cases that nobody opened for so many days are deleted; undefined: never. */
  readonly retentionDays: number | undefined
  readonly requestLimits: RequestLimits
}

/** By the names of the variables; docs/settings.md lists the same with the same defaults, which a test compares. */
export const Environment = z.object({
  HEAPTRAIL_HOST: z
    .string()
    .default('127.0.0.1')
    .refine((host) => host === 'localhost' || isIP(host) !== 0, 'must be an IP address or localhost'),
  HEAPTRAIL_PORT: wholeNumber(DEFAULT_PORT, 0, 65_535),
  HEAPTRAIL_DATA_DIR: z.string().min(1).optional(),
  HEAPTRAIL_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL like postgresql://user:password@host/database' })
    .optional(),
  HEAPTRAIL_IMPORT_DIR: z.string().min(1).optional(),
  HEAPTRAIL_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  HEAPTRAIL_ACCESS_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{16,512}$/, 'must be 16 to 512 visible ASCII characters without blanks')
    .optional(),
  HEAPTRAIL_LOG_LEVEL: z.enum(LOG_LEVELS).default('warn'),
  HEAPTRAIL_ANALYSES: wholeNumber(1, 1, 64),
  HEAPTRAIL_MAX_UPLOAD_GIB: wholeNumber(200, 1, 100_000),
  HEAPTRAIL_UNPACKED_GIB: wholeNumber(DEFAULT_LIMITS.unpackedBytes / GIB, 1, 1_000_000),
  HEAPTRAIL_UNPACKED_RATIO: wholeNumber(DEFAULT_LIMITS.ratio, 1, 1_000_000),
  HEAPTRAIL_ARCHIVE_ENTRIES: wholeNumber(DEFAULT_LIMITS.entries, 1, 1_000_000),
  HEAPTRAIL_ARCHIVE_LAYERS: wholeNumber(DEFAULT_LIMITS.layers, 1, 20),
  HEAPTRAIL_MIN_FREE_MIB: wholeNumber(256, 16, 1_000_000),
  HEAPTRAIL_QUOTA_GIB: wholeNumber(0, 0, 1_000_000),
  HEAPTRAIL_RETENTION_DAYS: wholeNumber(0, 0, 36_500),
  HEAPTRAIL_REQUESTS_PER_MINUTE: wholeNumber(DEFAULT_REQUEST_LIMITS.perMinute ?? 0, 0, 9_999_999),
})

function wholeNumber(fallback: number, min: number, max: number) {
  return z
    .string()
    .default(String(fallback))
    .refine(
      (text) => /^\d{1,7}$/.test(text) && Number(text) >= min && Number(text) <= max,
      `must be a whole number from ${min} to ${max}`,
    )
    .transform(Number)
}

/**
 * Settings from environment variables; an empty variable counts as not set.
 * @throws SettingError with a sentence that names the variable
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new SettingError(`The setting ${String(issue?.path[0])} ${issue?.message}.`)
  }
  const settings = parsed.data
  if (settings.HEAPTRAIL_ACCESS_KEY === undefined && !isLoopback(settings.HEAPTRAIL_HOST)) {
    throw new SettingError(keyMissing(settings.HEAPTRAIL_HOST))
  }
  return {
    host: settings.HEAPTRAIL_HOST,
    port: settings.HEAPTRAIL_PORT,
    dataDirectory: readDataDirectory(given),
    databaseUrl: settings.HEAPTRAIL_DATABASE_URL,
    importDirectory: settings.HEAPTRAIL_IMPORT_DIR && path.resolve(settings.HEAPTRAIL_IMPORT_DIR),
    publicUrl: settings.HEAPTRAIL_PUBLIC_URL,
    accessKey: settings.HEAPTRAIL_ACCESS_KEY,
    logLevel: settings.HEAPTRAIL_LOG_LEVEL,
    analyses: settings.HEAPTRAIL_ANALYSES,
    maxUploadBytes: settings.HEAPTRAIL_MAX_UPLOAD_GIB * GIB,
    unpackLimits: {
      ...DEFAULT_LIMITS,
      unpackedBytes: settings.HEAPTRAIL_UNPACKED_GIB * GIB,
      ratio: settings.HEAPTRAIL_UNPACKED_RATIO,
      entries: settings.HEAPTRAIL_ARCHIVE_ENTRIES,
      layers: settings.HEAPTRAIL_ARCHIVE_LAYERS,
    },
    minFreeBytes: settings.HEAPTRAIL_MIN_FREE_MIB * MIB,
    quotaBytes: settings.HEAPTRAIL_QUOTA_GIB === 0 ? undefined : settings.HEAPTRAIL_QUOTA_GIB * GIB,
    retentionDays: settings.HEAPTRAIL_RETENTION_DAYS === 0 ? undefined : settings.HEAPTRAIL_RETENTION_DAYS,
    requestLimits: {
      ...DEFAULT_REQUEST_LIMITS,
      perMinute: settings.HEAPTRAIL_REQUESTS_PER_MINUTE === 0 ? undefined : settings.HEAPTRAIL_REQUESTS_PER_MINUTE,
    },
  }
}

export class SettingError extends Error {}

/** For programs that need nothing else. */
export function readDataDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(environment.HEAPTRAIL_DATA_DIR || defaultDataDirectory(environment))
}

function keyMissing(host: string): string {
  return (
    `With HEAPTRAIL_HOST=${host} others can reach this server, and heap dumps hold passwords and customers' data. ` +
    'Set HEAPTRAIL_ACCESS_KEY to a key of at least 16 characters that everybody will have to give ' +
    '(for example: openssl rand -base64 24), or leave HEAPTRAIL_HOST out.'
  )
}

function defaultDataDirectory(environment: NodeJS.ProcessEnv): string {
  const base = environment.XDG_DATA_HOME || path.join(homedir(), '.local', 'share')
  return path.join(base, 'heaptrail')
}
