import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { UserError } from '../../model/errors.ts'
import type { WebhookAddressTrouble } from '../../model/webhooks.ts'

/** Characters of an address. */
const LONGEST = 2000

/**
 * An address that a workspace has set, as far as what it leads to can be seen in it.
 * @param networks addresses and networks (CIDR) that are allowed besides those of the internet, and without TLS.
 * @throws UserError `webhook_address`
 */
export function addressOf(typed: string, networks: readonly string[]): URL {
  const url = typed.length <= LONGEST ? URL.parse(typed) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') throw wrong('no_address')
  if (url.protocol === 'http:' && networks.length === 0) throw wrong('not_https')
  if (url.username !== '' || url.password !== '') throw wrong('password')
  // `URL` writes every form of an IPv4 address in the usual one.
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const trouble = ipaddr.isValid(host) ? troubleOf(host, url, networks) : null
  if (trouble !== null) throw wrong(trouble)
  return url
}

type LookUp = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void

/**
 * Looks names up in the moment in which they are connected to, and knows only what is allowed of what they mean: where a part of the
 * addresses is, that one is called.
 */
export function lookupWithin(networks: readonly string[], url: URL, lookUp: LookUp = lookup): LookupFunction {
  return (hostname, options, done) => {
    lookUp(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '')
      const troubles = found.map(({ address }) => troubleOf(address, url, networks))
      const allowed = found.filter((_, index) => troubles[index] === null)
      const [first] = allowed
      if (!first) return done(wrong(troubles[0] ?? 'private'), '')
      if (options.all) done(null, allowed)
      else done(null, first.address, first.family)
    })
  }
}

type Address = ReturnType<typeof ipaddr.process>

/** Without TLS only the networks that the operator names are called. */
function troubleOf(
  address: string,
  { protocol }: URL,
  networks: readonly string[],
): WebhookAddressTrouble | null {
  const parsed = ipaddr.process(address)
  const meant = translated(parsed)
  if (networks.some((network) => isWithin(meant, network) || isWithin(parsed, network))) return null
  if (!isPublic(meant)) return 'private'
  return protocol === 'https:' ? null : 'not_https'
}

/** Where networks without IPv4 reach all of it: https://www.rfc-editor.org/rfc/rfc6052 */
const TRANSLATED = '64:ff9b::/96'

/** An IPv4 address within an IPv6 one is what it is. */
function translated(address: Address): Address {
  if (!isWithin(address, TRANSLATED)) return address
  return ipaddr.fromByteArray(address.toByteArray().slice(-4))
}

/** All that has been given out of IPv6: https://www.iana.org/assignments/ipv6-address-space */
const GIVEN_OUT = '2000::/3'
/** Public by its number, but of every virtual machine at Azure its host, which hands out its settings. */
const HOSTS = ['168.63.129.16']

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || HOSTS.includes(address.toString())) return false
  return address.kind() === 'ipv4' || isWithin(address, GIVEN_OUT)
}

function isWithin(address: Address, network: string): boolean {
  const whole = network.includes('/')
  const [base, bits] = ipaddr.parseCIDR(whole ? network : `${network}/${network.includes(':') ? 128 : 32}`)
  return base.kind() === address.kind() && address.match(base, bits)
}

function wrong(why: WebhookAddressTrouble): UserError<'webhook_address'> {
  return new UserError('webhook_address', { field: 'url', why })
}
