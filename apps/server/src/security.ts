/**
 * Heap dumps hold passwords, and a server on localhost can be reached from every page that the user
 * visits. So each request must name this server in `Host` (which stops DNS rebinding), must not come
 * from a page of another origin, and no answer ever allows other origins to read it.
 */
import { networkInterfaces, hostname } from 'node:os'
import type { AddressInfo } from 'node:net'
import helmet from '@fastify/helmet'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from './env.ts'
import { ApiError } from './errors.ts'
import { hostInUrl } from './loopback.ts'

export async function guardRequests(app: FastifyInstance, config: Pick<Config, 'host' | 'publicUrl'>): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Only with TLS: over plain http it would lock people out.
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    // A link opened from elsewhere must not tell where it leads.
    referrerPolicy: { policy: 'no-referrer' },
  })
  app.addHook('onRequest', async (request, reply) => {
    // What a dump holds must not stay behind in the cache of a browser.
    void reply.header('cache-control', 'no-store')
    const hosts = allowedHosts(config, listeningPort(app))
    const ownAddress = addressOf(request)
    if (ownAddress !== undefined) hosts.add(ownAddress)
    checkHost(request, hosts)
    checkOrigin(request, hosts)
  })
}

function listeningPort(app: FastifyInstance): number | undefined {
  const address: AddressInfo | string | null = app.server.address()
  return typeof address === 'object' ? address?.port : undefined
}

/** What the client connected to, which no name server can have made up: DNS rebinding needs a name. */
function addressOf({ socket }: FastifyRequest): string | undefined {
  const { localAddress, localPort } = socket
  if (localAddress === undefined || localPort === undefined) return undefined
  const host = hostInUrl(localAddress.replace(/^::ffff:(?=\d+\.)/, ''))
  return localPort === 80 ? host : `${host}:${localPort}`
}

/** Values of the `Host` header, in lower case, under which this server may be addressed. */
export function allowedHosts(config: Pick<Config, 'host' | 'publicUrl'>, port: number | undefined): Set<string> {
  const hosts = new Set<string>()
  for (const name of ownNames(config.host)) {
    const host = hostInUrl(name)
    if (port !== undefined) hosts.add(`${host}:${port}`)
    if (port === undefined || port === 80) hosts.add(host)
  }
  if (config.publicUrl !== undefined) hosts.add(new URL(config.publicUrl).host)
  return hosts
}

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

function ownNames(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [...LOOPBACK, host]
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
  return [...LOOPBACK, hostname(), ...addresses]
}

function checkHost(request: FastifyRequest, hosts: ReadonlySet<string>): void {
  if (namesOf(request).every((name) => hosts.has(name.toLowerCase()))) return
  throw new ApiError(
    'bad-origin',
    'This server does not answer under the name in the address. Open it under the address that it printed at its start, or set HEAPTRAIL_PUBLIC_URL to the name under which it is reached.',
  )
}

/** Who is addressed: what `Host` says, nobody when it says several things, and a request target that is a whole URL. */
function namesOf({ raw }: FastifyRequest): string[] {
  const { rawHeaders, url = '' } = raw
  const names = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host')
  const target = url.startsWith('/') || url === '*' ? [] : [hostOf(url)]
  return names.length === 1 ? [...names, ...target] : ['']
}

function checkOrigin(request: FastifyRequest, hosts: ReadonlySet<string>): void {
  const { origin } = request.headers
  const foreign = origin !== undefined && !hosts.has(hostOf(origin))
  // Following a link is fine; a page that loads parts of the API is not.
  const site = request.headers['sec-fetch-site']
  const embedded =
    site !== undefined && site !== 'same-origin' && site !== 'none' && request.headers['sec-fetch-mode'] !== 'navigate'
  if (foreign || embedded) throw new ApiError('bad-origin', 'Pages of other sites may not use this server.')
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : ''
}
