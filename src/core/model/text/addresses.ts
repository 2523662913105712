import { domainToUnicode } from 'node:url'
import { find } from 'linkifyjs'

export interface Address {
  /** UTF-16 offsets into the text: [start, end). */
  start: number
  end: number
  /** As it stands there. */
  address: string
  /** What is shown and spoken in its place: the domain without `www.`, in letters. */
  domain: string
}

/** Marks of the text around an address, which are allowed in one. */
const MARKS_BEHIND = /(?:[*~|`\\'’”»。、，！？；：）」』》…]|(?<=\W)_)+$/u
/** Korean words lean on what they follow, without a blank. */
const PARTICLE =
  /(?<=[!-~])(?:에서는|에서도|에서|에는|에도|에|으로|로|을|를|은|는|이|가|와|과|의|도|까지|부터|입니다|이다|이라고|라고|이나|나)+$/u
/** Addresses of a kind that is not found by its domain. */
const SCHEME = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>"”』」]+/giu

/** What was found last: one text is asked about several times in a row, by each step that it passes. */
let last: { text: string; addresses: readonly Address[] } = { text: '', addresses: [] }

/** The web addresses in a text, with or without a scheme; not those of e-mail, which are read as they are. */
export function addressesIn(text: string): readonly Address[] {
  if (text !== last.text) last = { text, addresses: searched(text) }
  return last.addresses
}

function searched(text: string): Address[] {
  if (!/\.\S|:\/\//.test(text)) return []
  const found = find(text).flatMap(({ type, value, start }) =>
    type === 'url' && !value.startsWith('mailto:') ? addressAt(...withScheme(text, start, value)) : [],
  )
  const others = [...text.matchAll(SCHEME)]
    .filter(({ index }) => !found.some(({ start, end }) => index >= start && index < end))
    .flatMap(({ index, 0: value }) => addressAt(index, value))
  return [...found, ...others].sort((a, b) => a.start - b.start)
}

/** A text with the domains of its addresses instead of them. */
export function withDomains(text: string): string {
  return replaced(text, ({ domain }) => domain)
}

/** A text with something else instead of each address. */
export function replaced(text: string, by: (address: Address) => string): string {
  let result = ''
  let from = 0
  for (const address of addressesIn(text)) {
    if (address.start < from) continue
    result += text.slice(from, address.start) + by(address)
    from = address.end
  }
  return result + text.slice(from)
}

/** Right behind a letter or a figure, a scheme is not found with its address. */
function withScheme(text: string, start: number, value: string): [start: number, value: string] {
  const scheme = /[a-z][a-z+.-]{1,20}:\/\/$/i.exec(text.slice(Math.max(0, start - 24), start))?.[0] ?? ''
  return [start - scheme.length, scheme + value]
}

function addressAt(start: number, value: string): Address[] {
  const address = value.replace(MARKS_BEHIND, '').replace(PARTICLE, '')
  const domain = domainOf(address)
  return domain === null ? [] : [{ start, end: start + address.length, address, domain }]
}

/** Null for what is no address after all: a full stop without a blank behind it (“works.It is”) looks like one. */
function domainOf(address: string): string | null {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(address)
  if (!hasScheme && !/^www\.|[/?#:]/i.test(address)) return null
  const whole = hasScheme ? address : `http://${address}`
  if (!URL.canParse(whole)) return null
  const { hostname } = new URL(whole)
  const host = domainToUnicode(hostname) || decoded(hostname)
  return host === '' ? null : host.replace(/^www\.(?=.*\.)/i, '')
}

/** Of schemes that are not those of the web, the host is as it was written. */
function decoded(host: string): string {
  try {
    return decodeURIComponent(host)
  } catch {
    return host
  }
}
