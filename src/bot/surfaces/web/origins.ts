/** The names by which this machine reaches its own programs: https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
const LOCAL_NAMES = ['127.0.0.1', 'localhost', '[::1]']

/** True if HOST has an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host)
}

/** The address at which this machine opens a server that listens on this host and port. */
export function localOrigin(host: string, port: number): string {
  const name = isLoopback(host) ? host : '127.0.0.1'
  return new URL(`http://${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port}`).origin
}

/** All origins of pages served at `origin`: a loopback address has several names. */
export function originsOf(origin: string): ReadonlySet<string> {
  const { hostname, protocol, port } = new URL(origin)
  const names = isLoopback(hostname) ? [hostname, ...LOCAL_NAMES] : [hostname]
  return new Set(names.map((name) => new URL(`${protocol}//${name}${port === '' ? '' : `:${port}`}`).origin))
}

/**
 * True for requests from another website's page, which must not act on behalf of the signed-in person. Browsers state the
 * origin of all requests that change something:
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function isFromElsewhere(headers: Headers, origins: ReadonlySet<string>): boolean {
  const from = headers.get('origin')
  if (from !== null) return !origins.has(from)
  return ['cross-site', 'same-site'].includes(headers.get('sec-fetch-site') ?? '')
}

/**
 * Whether a request is meant for this address. A website can point its own name at this machine (DNS rebinding), and its
 * pages could then read the responses; so a server that listens only on this machine answers only to this machine's names.
 * A public address has its own name, and a proxy in front of it may have changed the header.
 */
export function hostCheck(origin: string): (host: string | undefined) => boolean {
  if (!isLoopback(new URL(origin).hostname)) return () => true
  const hosts = new Set([...originsOf(origin)].map((each) => new URL(each).host))
  return (host) => host !== undefined && hosts.has(host.toLowerCase())
}
