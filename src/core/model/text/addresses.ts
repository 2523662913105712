import { domainToUnicode } from 'node:url'
import { find } from 'linkifyjs'

export interface Address {
  /** UTF-16 offsets into the text: [start, end). */
  start: number
  end: number
  /** As written. */
  address: string
  /** What is shown and spoken instead: the domain without `www.`, in Unicode. */
  domain: string
}

/** Punctuation around an address that could also be part of one. */
const MARKS_BEHIND = /(?:[*~|`\\'’”»。、，！？；：）」』》…]|(?<=\W)_)+$/u
/** Korean particles follow directly, without a space. */
const PARTICLE =
  /(?<=[!-~])(?:에서는|에서도|에서|에는|에도|에|으로|로|을|를|은|는|이|가|와|과|의|도|까지|부터|입니다|이다|이라고|라고|이나|나)+$/u
/** Addresses that can't be recognised by their domain. */
const SCHEME = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>"”』」]+/giu

/** The most recent results, because the same text is checked several times in a row. */
let last: { text: string; addresses: readonly Address[] } = { text: '', addresses: [] }

/** The web addresses in a text, with or without a scheme, but not e-mail addresses, which are read as they are. */
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

/** A text with each address replaced by its domain. */
export function withDomains(text: string): string {
  return replaced(text, ({ domain }) => domain)
}

/** A text with each address replaced. */
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

/** Directly after a letter or digit, a scheme isn't detected as part of the address. */
function withScheme(text: string, start: number, value: string): [start: number, value: string] {
  const scheme = /[a-z][a-z+.-]{1,20}:\/\/$/i.exec(text.slice(Math.max(0, start - 24), start))?.[0] ?? ''
  return [start - scheme.length, scheme + value]
}

function addressAt(start: number, value: string): Address[] {
  const address = value.replace(MARKS_BEHIND, '').replace(PARTICLE, '')
  const domain = domainOf(address)
  return domain === null ? [] : [{ start, end: start + address.length, address, domain }]
}

/** Null for false positives: a full stop without a space after it (“works.It is”) looks like an address. */
function domainOf(address: string): string | null {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(address)
  if (!hasScheme && !/^www\.|[/?#:]/i.test(address)) return null
  const whole = hasScheme ? address : `http://${address}`
  if (!URL.canParse(whole)) return null
  const { hostname } = new URL(whole)
  const host = domainToUnicode(hostname) || decoded(hostname)
  return host === '' ? null : host.replace(/^www\.(?=.*\.)/i, '')
}

/** For schemes other than the web's, the host is as written. */
function decoded(host: string): string {
  try {
    return decodeURIComponent(host)
  } catch {
    return host
  }
}
