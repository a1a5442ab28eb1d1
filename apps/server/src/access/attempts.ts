/** How often a key may be tried: a bucket per address that fills again slowly, and one for all addresses together. */
import { isIPv6 } from 'node:net'

export interface AttemptLimits {
  /** Wrong keys in a row. */
  readonly burst: number
  /** Milliseconds until another one may follow. */
  readonly refillMs: number
  /** Wrong keys in a row from anywhere. */
  readonly burstOfAll: number
}

const LIMITS: AttemptLimits = { burst: 10, refillMs: 6_000, burstOfAll: 200 }
/** Addresses that are remembered; who has this many can be stopped only by the bucket of all. */
const ADDRESSES = 10_000

interface Bucket {
  left: number
  filledAt: number
}

export interface Attempts {
  /** May this address try a key now? */
  mayTry(address: string): boolean
  failed(address: string): void
}

export function createAttempts(limits: AttemptLimits = LIMITS, now: () => number = Date.now): Attempts {
  const buckets = new Map<string, Bucket>()
  const all: Bucket = { left: limits.burstOfAll, filledAt: now() }

  function filled(bucket: Bucket, burst: number, refillMs: number): Bucket {
    const tokens = Math.floor((now() - bucket.filledAt) / refillMs)
    if (tokens > 0) {
      bucket.left = Math.min(burst, bucket.left + tokens)
      bucket.filledAt += tokens * refillMs
    }
    return bucket
  }

  const ofAll = () => filled(all, limits.burstOfAll, limits.refillMs * (limits.burst / limits.burstOfAll))
  function of(address: string): Bucket {
    const key = networkOf(address)
    const bucket = buckets.get(key) ?? { left: limits.burst, filledAt: now() }
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size > ADDRESSES) for (const [oldest] of buckets) return (buckets.delete(oldest), bucket)
    return filled(bucket, limits.burst, limits.refillMs)
  }

  return {
    mayTry: (address) => of(address).left > 0 && ofAll().left > 0,
    failed(address) {
      of(address).left--
      ofAll().left--
    },
  }
}

/** Who has one IPv6 address has a network of 2^64 of them. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''))
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return [...head, ...zeros, ...tail].slice(0, 4).join(':')
}
