/** Names and addresses of this machine. */

/** A name or address as browsers write it in `Host`: lower case, IPv6 shortened and in brackets. */
export function hostInUrl(name: string): string {
  const host = name.includes(':') ? `[${name}]` : name
  const url = `http://${host}`
  return URL.canParse(url) ? new URL(url).hostname : host.toLowerCase()
}

/** Only this machine can reach it. */
export function isLoopback(host: string): boolean {
  const name = hostInUrl(host)
  return name === 'localhost' || name === '[::1]' || name.startsWith('127.')
}
