import { lookup } from 'node:dns'
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
  if (ipaddr.isValid(host)) requireAllowed(host, url, networks)
  return url
}

/** Looks names up, and refuses those that mean an address that is not allowed in the moment in which it is connected to. */
export function lookupWithin(networks: readonly string[], url: URL): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '')
      try {
        for (const { address } of found) requireAllowed(address, url, networks)
      } catch (refused) {
        return done(refused as Error, '')
      }
      const [first] = found
      if (options.all) done(null, found)
      else done(null, first?.address ?? '', first?.family)
    })
  }
}

/** Without TLS only the networks that the operator names are called. */
function requireAllowed(address: string, { protocol }: URL, networks: readonly string[]): void {
  // An IPv4 address within an IPv6 one is what it is.
  const parsed = ipaddr.process(address)
  const isPublic = parsed.range() === 'unicast' && protocol === 'https:'
  if (!isPublic && !networks.some((network) => isWithin(parsed, network))) throw wrong('private')
}

function isWithin(address: ReturnType<typeof ipaddr.process>, network: string): boolean {
  const whole = network.includes('/')
  const [base, bits] = ipaddr.parseCIDR(whole ? network : `${network}/${network.includes(':') ? 128 : 32}`)
  return base.kind() === address.kind() && address.match(base, bits)
}

function wrong(why: WebhookAddressTrouble): UserError<'webhook_address'> {
  return new UserError('webhook_address', { field: 'url', why })
}
