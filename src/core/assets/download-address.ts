/**
 * The address if it may be fetched, else null: https on the usual port of one of the hosts or their
 * subdomains, or exactly the origin of an overridden API address. A name and password in the address
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
  if (overriddenOrigin !== null && url.origin === URL.parse(overriddenOrigin)?.origin) {
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null
  }
  if (url.protocol !== 'https:' || url.port !== '') return null
  const known = allowedHosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
  return known ? url : null
}
