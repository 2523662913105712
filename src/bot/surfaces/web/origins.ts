/** The names by which a program on this machine is reached on it: https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
const LOCAL_NAMES = ['127.0.0.1', 'localhost', '[::1]']

/** True for an address at which only this machine can be reached, as HOST has it. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host)
}

/** The address at which what listens on this host and port is opened on this machine. */
export function localOrigin(host: string, port: number): string {
  const name = isLoopback(host) ? host : '127.0.0.1'
  return new URL(`http://${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port}`).origin
}

/** The origins that pages of this one have: on this machine it has several names. */
export function originsOf(origin: string): ReadonlySet<string> {
  const { hostname, protocol, port } = new URL(origin)
  const names = isLoopback(hostname) ? [hostname, ...LOCAL_NAMES] : [hostname]
  return new Set(names.map((name) => new URL(`${protocol}//${name}${port === '' ? '' : `:${port}`}`).origin))
}

/**
 * True for what a page of another website has sent: such a page must not act in the name of who is signed in. Browsers say so with
 * everything but what is only read: https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function isFromElsewhere(headers: Headers, origins: ReadonlySet<string>): boolean {
  const from = headers.get('origin')
  if (from !== null) return !origins.has(from)
  return ['cross-site', 'same-site'].includes(headers.get('sec-fetch-site') ?? '')
}

/**
 * Whether a request is meant for this address. A website can make its own name lead to this machine (DNS rebinding), and its pages
 * could then read what they get; so what listens on this machine only answers to the names of this machine. A public
 * address has its own name, and what is in front of it may have changed the header.
 */
export function hostCheck(origin: string): (host: string | undefined) => boolean {
  if (!isLoopback(new URL(origin).hostname)) return () => true
  const hosts = new Set([...originsOf(origin)].map((each) => new URL(each).host))
  return (host) => host !== undefined && hosts.has(host.toLowerCase())
}
