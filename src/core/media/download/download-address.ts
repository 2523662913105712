/**
 * Returns the address if it may be fetched, else null: https on the default port of one of the hosts or their subdomains,
 * or exactly the origin of an overridden API address. If that is this machine, any of its names and ports are allowed,
 * because a stand-in there may serve media separately from its API. Credentials in the address
 * (`https://cdn.pixabay.com@evil.example/`) are never allowed.
 */
export function allowedAddress(
  address: string,
  allowedHosts: readonly string[],
  overriddenOrigin: string | null,
  base?: URL,
): URL | null {
  const url = URL.parse(address, base?.href)
  if (url === null || url.username !== '' || url.password !== '') return null
  const overridden = overriddenOrigin === null ? null : URL.parse(overriddenOrigin)
  const isLocal = overridden !== null && isLoopback(overridden) && isLoopback(url)
  if (overridden !== null && (isLocal || url.origin === overridden.origin)) {
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null
  }
  if (url.protocol !== 'https:' || url.port !== '') return null
  const known = allowedHosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
  return known ? url : null
}

/** RFC 1122 §3.2.1.3, RFC 4291 §2.5.3 and RFC 6761 §6.3. */
function isLoopback({ hostname }: URL): boolean {
  return /^127(\.\d{1,3}){3}$|^\[::1\]$|^(.+\.)?localhost$/.test(hostname)
}
