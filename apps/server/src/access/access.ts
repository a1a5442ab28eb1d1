/**
 * Without an access key everybody who can reach the server is let in, which is why it then listens on this
 * machine only. With one, every route but those of `OPEN_ROUTES` asks for a session's cookie or for the key
 * itself as a bearer token. The page and its assets hold nothing of a case and are open, so that a link that
 * somebody followed shows its view as soon as the key was given.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ROUTES } from '@heaptrail/api/routes'
import type { Health } from '@heaptrail/api/health'
import type { Config } from '../env.ts'
import { ApiError } from '../errors.ts'
import { createAttempts, networkOf } from './attempts.ts'
import { sessionCookies } from './session-cookies.ts'
import { equalTexts, SESSION_MS, type Sessions } from './sessions.ts'

/** Patterns of routes, as the router matched them: an address can be written in many ways. */
const OPEN_ROUTES: ReadonlySet<string> = new Set([ROUTES.health, ROUTES.session, '/', '/cases/*', '/*'])

export interface AccessNeeds {
  readonly config: Pick<Config, 'accessKey' | 'publicUrl'>
  /** Absent when no key is needed. */
  readonly sessions: Sessions | undefined
  /** Proves that a request comes from the owner of the data directory. */
  readonly ownerSecret: string
}

export interface Access {
  /** `open`: no key is needed; `granted`, `needed`: it is, and was given or not. */
  state(request: FastifyRequest): Health['access']
  /** The request carries the secret of the data directory. */
  isOwner(request: FastifyRequest): boolean
  /** Who counts as one client: a session, or else an address; of IPv6 the network. */
  clientOf(request: FastifyRequest): string
  /** Still so, for streams that last. */
  isStillGranted(request: FastifyRequest): boolean
  /** @throws ApiError `wrong-key`, `too-many-attempts` */
  signIn(request: FastifyRequest, reply: FastifyReply, key: string): Promise<void>
  signOut(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** Ends the sessions of everybody. */
  signOutAll(reply: FastifyReply): Promise<void>
  /** Told after sessions have ended. */
  onSignOut(listener: () => void): void
}

export function createAccess({ config, sessions, ownerSecret }: AccessNeeds): Access {
  const { accessKey } = config
  const attempts = createAttempts()
  const listeners: (() => void)[] = []
  const cookies = sessionCookies(config.publicUrl)

  function sessionOf(request: FastifyRequest): string | undefined {
    const cookie = cookies.read(request)
    return cookie === undefined ? undefined : sessions?.find(cookie)
  }

  /** @throws ApiError when a key was given that is wrong */
  function hasKey(request: FastifyRequest): boolean {
    const token = bearerOf(request)
    if (token === undefined || accessKey === undefined) return false
    return expectKey(request, token, accessKey)
  }

  function expectKey({ ip }: FastifyRequest, given: string, expected: string): true {
    if (!attempts.mayTry(ip)) throw tooManyAttempts()
    if (equalTexts(given, expected)) return true
    attempts.failed(ip)
    throw new ApiError('wrong-key', 'This is not the access key of this server. Whoever runs it knows the key.')
  }

  function isOwner(request: FastifyRequest): boolean {
    const token = bearerOf(request)
    return token !== undefined && equalTexts(token, ownerSecret)
  }

  function state(request: FastifyRequest): Health['access'] {
    if (accessKey === undefined) return 'open'
    return sessionOf(request) !== undefined || isOwner(request) || hasKey(request) ? 'granted' : 'needed'
  }

  return {
    state,
    isOwner,
    clientOf: (request) => sessionOf(request) ?? networkOf(request.ip),
    isStillGranted: (request) => bearerOf(request) !== undefined || state(request) !== 'needed',
    async signIn(request, reply, key) {
      if (accessKey === undefined || sessions === undefined) return
      expectKey(request, key, accessKey)
      // The browser forgets the cookie that it had, so nobody could end that session any more.
      const before = sessionOf(request)
      if (before !== undefined) await sessions.end(before)
      request.log.info({ client: request.ip }, 'the access key was given')
      cookies.set(request, reply, await sessions.begin(), SESSION_MS / 1000)
    },
    async signOut(request, reply) {
      const session = sessionOf(request)
      if (session !== undefined) await sessions?.end(session)
      cookies.set(request, reply, '', 0)
      for (const listener of listeners) listener()
    },
    async signOutAll(reply) {
      await sessions?.endAll()
      cookies.set(reply.request, reply, '', 0)
      for (const listener of listeners) listener()
    },
    onSignOut: (listener) => void listeners.push(listener),
  }
}

/** Every request but those to open routes needs access. */
export function guardAccess(app: FastifyInstance, access: Access): void {
  app.addHook('onRequest', async (request) => {
    const { url } = request.routeOptions
    if (url === undefined || OPEN_ROUTES.has(url) || access.state(request) !== 'needed') return
    throw new ApiError('key-needed', 'This server asks for its access key. Open its page and give the key there.')
  })
}

function tooManyAttempts(): ApiError {
  return new ApiError('too-many-attempts', 'Wrong keys were given too often. Wait a minute and try again.')
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer (\S{1,512})$/i.exec(headers.authorization ?? '')?.[1]
}
