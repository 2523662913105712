import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { UserError } from '../../model/errors.ts'
import type { WebhookAddressTrouble } from '../../model/webhooks.ts'

/** Maximum length of an address, in characters. */
const LONGEST = 2000

/**
 * Parses and checks an address set by a workspace, as far as the address itself shows where it leads.
 * @param networks addresses and networks (CIDR) allowed in addition to those of the internet, even without TLS.
 * @throws UserError `webhook_address`
 */
export function addressOf(typed: string, networks: readonly string[]): URL {
  const url = typed.length <= LONGEST ? URL.parse(typed) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') throw wrong('no_address')
  if (url.protocol === 'http:' && networks.length === 0) throw wrong('not_https')
  if (url.username !== '' || url.password !== '') throw wrong('password')
  // `URL` normalises every form of an IPv4 address.
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
 * Resolves names at the moment of connecting and returns only the allowed addresses: if only some are allowed, it
 * connects to one of those.
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

/** Without TLS, only networks named by the operator are called. */
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

/** The prefix through which networks without IPv4 reach all of it: https://www.rfc-editor.org/rfc/rfc6052 */
const TRANSLATED = '64:ff9b::/96'

/** Unwraps an IPv4 address embedded in an IPv6 one. */
function translated(address: Address): Address {
  if (!isWithin(address, TRANSLATED)) return address
  return ipaddr.fromByteArray(address.toByteArray().slice(-4))
}

/** All IPv6 space allocated so far: https://www.iana.org/assignments/ipv6-address-space */
const GIVEN_OUT = '2000::/3'
/**
 * A public address by number, but in every Azure virtual machine it is the host, which hands out the machine's settings.
 */
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
