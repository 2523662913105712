import { GAP } from './gaps.ts'

/** A person or thing that a message refers to by id. */
export interface Reference {
  kind: 'person' | 'group' | 'channel'
  id: string
}

/** What readers see instead, without `@` or `#`; null if unknown. */
export type NameOf = (reference: Reference) => string | null | undefined

/**
 * People, roles and channels in the formats of Discord (https://discord.com/developers/docs/reference#message-formatting)
 * and Slack (https://docs.slack.dev/messaging/formatting-message-text).
 */
const REFERENCE = /<(@!?|@&|#|!subteam\^)(\d{1,25}|[A-Z][A-Z0-9]{1,24})(?:\|([^<>|]*))?>/g
/** Everyone, custom emoji, sounds, and whatever else uses such brackets. */
const OTHERS = /<!(?:here|channel|everyone|group)(?:\|[^<>]*)?>|<(?:a?|sound):[\w~:]*:?\d{5,25}>|<![^<>]*>/g
const COMMAND = /<(\/[-_\p{L}\p{N}\p{M} ]{1,110}):\d{1,25}>/gu
const GUIDE = /<id:([a-z-]+)(?::\d+)?>/g
const GUIDES: Record<string, { en: string; ko: string }> = {
  customize: { en: 'Channels & Roles', ko: '채널 및 역할' },
  browse: { en: 'Browse Channels', ko: '채널 찾아보기' },
  guide: { en: 'Server Guide', ko: '서버 가이드' },
  home: { en: 'Server Guide', ko: '서버 가이드' },
  'linked-roles': { en: 'Linked Roles', ko: '연결된 역할' },
}
/** Slack's dates contain a fallback text. */
const SLACK_DATE = /<!date\^(-?\d{1,25})\^[^<>|]*(?:\|([^<>]*))?>/g
const MOMENT = /<t:(-?\d{1,25})(?::([a-zA-Z]))?>/g

/** The people and things a text refers to, each once, except those whose name it contains. */
export function referencesIn(text: string): Reference[] {
  const found = new Map<string, Reference>()
  for (const [, sign = '', id = '', label = ''] of text.matchAll(REFERENCE))
    if (label === '') found.set(`${sign}${id}`, { kind: kindOf(sign), id })
  return [...found.values()]
}

/** A text with names instead of ids, without references whose name is unknown. */
export function withNames(text: string, nameOf: NameOf = () => null): string {
  return text.replace(REFERENCE, (_, sign: string, id: string, label = '') => {
    const kind = kindOf(sign)
    const name = (label || nameOf({ kind, id }) || '').trim().replace(/^[@#]/, '')
    return name === '' ? GAP : `${kind === 'channel' ? '#' : '@'}${name}`
  })
}

/** The parts that depend on the language. */
const IN_WORDS = /<!date\^|<t:|<id:/

/**
 * A text without a platform's codes: names if it contains them, dates in words, and gaps for the rest.
 */
export function withoutReferences(text: string, languageOf: () => string): string {
  if (!text.includes('<')) return text
  const language = IN_WORDS.test(text) ? languageOf() : 'en'
  return withNames(text)
    .replace(SLACK_DATE, (_, seconds: string, label = '') => label || inWords(seconds, 'f', language))
    .replace(MOMENT, (_, seconds: string, style = 'f') => inWords(seconds, style, language))
    .replace(COMMAND, '$1')
    .replace(GUIDE, (_, name: string) => GUIDES[name]?.[language === 'ko' ? 'ko' : 'en'] ?? GAP)
    .replace(OTHERS, GAP)
}

function kindOf(sign: string): Reference['kind'] {
  if (sign === '#') return 'channel'
  return sign === '@' || sign === '@!' ? 'person' : 'group'
}

/** A time as a narrator says it. “Two hours ago” would be wrong by the time the video is watched, so it becomes a date, too. */
function inWords(seconds: string, style: string, language: string): string {
  const time = new Date(Number(seconds) * 1000)
  if (Number.isNaN(time.getTime())) return GAP
  const date = { dateStyle: style === 'F' ? 'full' : 'long' } as const
  const clock = { timeStyle: 'short' } as const
  const shows = 'tT'.includes(style) ? clock : 'dDR'.includes(style) ? date : { ...date, ...clock }
  const words = formatOf(language, shows).format(time)
  return (shows === date ? words : `${words} UTC`).replaceAll(/[\u00a0\u202f]/g, ' ')
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Each is created once, because that takes longer than everything else here. */
function formatOf(language: string, shows: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${shows.dateStyle} ${shows.timeStyle}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(language, { ...shows, timeZone: 'UTC' })
  formats.set(key, made)
  return made
}
