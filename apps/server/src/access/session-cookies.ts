/** The cookie of a session: no script can read it, no other site can make the browser send it. */
import type { FastifyReply, FastifyRequest } from 'fastify'

export interface SessionCookies {
  read(request: FastifyRequest): string | undefined
  /** @param maxAge seconds; 0 takes it away */
  set(request: FastifyRequest, reply: FastifyReply, value: string, maxAge: number): void
}

export function sessionCookies(publicAddress: string | undefined): SessionCookies {
  const publicUrl = publicAddress === undefined ? undefined : new URL(publicAddress)

  /** The browser came through TLS, which ends at a proxy in front of this server. */
  function isSecure({ headers }: FastifyRequest): boolean {
    return publicUrl?.protocol === 'https:' && headers.host?.toLowerCase() === publicUrl.host
  }

  /** Two servers on one machine share the cookies of their host name, whatever their ports. */
  function nameFor(request: FastifyRequest): string {
    return `${isSecure(request) ? '__Host-' : ''}heaptrail-${request.socket.localPort ?? 0}`
  }

  return {
    read: (request) => readCookie(request.headers.cookie ?? '', nameFor(request)),
    set(request, reply, value, maxAge) {
      const attributes = ['Path=/', 'HttpOnly', 'SameSite=Strict', `Max-Age=${maxAge}`]
      if (isSecure(request)) attributes.push('Secure')
      void reply.header('set-cookie', `${nameFor(request)}=${value}; ${attributes.join('; ')}`)
    },
  }
}

function readCookie(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}
