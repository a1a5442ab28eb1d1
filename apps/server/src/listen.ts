/** Opens the port, with a sentence for people when that cannot be. */
import type { FastifyInstance } from 'fastify'
import type { Config } from './env.ts'
import { hasCode } from './errors.ts'
import { hostInUrl } from './loopback.ts'

/** The address cannot be had. */
export class AddressRefused extends Error {}

/** @returns the address for people on this machine, e.g. `http://127.0.0.1:4280` */
export async function listen(app: FastifyInstance, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const sentence = sentenceFor(error, host, port)
    throw sentence === undefined ? error : new AddressRefused(sentence)
  }
  const address = app.server.address()
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  const actualPort = typeof address === 'object' ? (address?.port ?? port) : port
  return `http://${hostInUrl(name)}:${actualPort}`
}

function sentenceFor(error: unknown, host: string, port: number): string | undefined {
  if (hasCode(error, 'EADDRINUSE')) {
    return `Port ${port} on ${host} is taken by another program. Stop it, or set HEAPTRAIL_PORT to another port (0: any free one).`
  }
  if (hasCode(error, 'EACCES')) {
    return `Port ${port} may not be used by this user. Set HEAPTRAIL_PORT to a port above 1023.`
  }
  if (hasCode(error, 'EADDRNOTAVAIL')) {
    return `This machine has no address ${host}. Set HEAPTRAIL_HOST to one that it has.`
  }
  return undefined
}
