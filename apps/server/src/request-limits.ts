/** How much may be asked of the server at once. */
export interface RequestLimits {
  /** Requests of one client; undefined: as many as it likes. */
  readonly perMinute: number | undefined
  /** Connections at the same time; more are not taken. */
  readonly connections: number
  /** Milliseconds in which the head of a request, and the body of one that is no upload, must be here. */
  readonly headMs: number
  readonly bodyMs: number
  /** Milliseconds in which nothing comes or goes on a connection. */
  readonly idleMs: number
  /** Streams of events at the same time. */
  readonly eventStreams: number
  /** Questions to heaps that wait or are worked on. */
  readonly questions: number
}

export const DEFAULT_REQUEST_LIMITS: RequestLimits = {
  perMinute: 20_000,
  connections: 2000,
  headMs: 30_000,
  bodyMs: 30_000,
  idleMs: 120_000,
  eventStreams: 500,
  questions: 1000,
}
