import type { types } from '@slack/bolt'
import { type NameOf, withNames } from '../../../core/model/text/references.ts'
import type { Inline, Text } from '../../view/types.ts'
import { plainOf } from '../plain.ts'

/**
 * Text that Slack parses for markup: `&`, `<` and `>` form links and mentions, so they are always escaped
 * (https://docs.slack.dev/messaging/formatting-message-text).
 */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The text of a Slack message, as people read it. `nameOf` returns the names of people and channels mentioned. */
export function unescapeText(text: string, nameOf?: NameOf): string {
  return withNames(text, nameOf)
    .replace(/<([^<>]*)>/g, (whole, inner: string) => {
      const [target = '', label] = inner.split('|', 2)
      // Dates and pings are handled by the cleaning that every text goes through.
      return target.startsWith('!') ? whole : label || target
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** Markup in ordinary text that can't be escaped on Slack: styles, `:emoji:` and quotes. */
const MARKUP = /[*_~`]|:[^\s:]{1,100}:|^\s*>/m

/**
 * Our formatting as Slack's markup, or null if people's words in it would be parsed as markup, too; then only rich text
 * shows them as typed.
 */
export function toMarkup(text: Text): string | null {
  const parts = partsOf(text)
  if (MARKUP.test(parts.map((part) => (isCode(part) ? 'x' : plainOf(part))).join(''))) return null
  let markup = ''
  for (const [index, part] of parts.entries()) {
    const styled = styledMarkup(part, edge(parts[index - 1], -1), edge(parts[index + 1], 0))
    if (styled === null) return null
    markup += styled
  }
  return markup
}

/** Same, as rich text, in which people's words have no special meaning. */
export function toRichText(text: Text): types.RichTextElement[] {
  return partsOf(text).map((part): types.RichTextElement => {
    if (typeof part === 'string') return { type: 'text', text: part }
    if ('bold' in part) return { type: 'text', text: part.bold, style: { bold: true } }
    if ('italic' in part) return { type: 'text', text: part.italic, style: { italic: true } }
    if ('code' in part) return { type: 'text', text: part.code, style: { code: true } }
    if ('time' in part)
      return {
        type: 'date',
        timestamp: secondsOf(part.time),
        format: FORMATS[part.as],
        fallback: plainOf(part),
      }
    if ('mention' in part)
      return isUser(part.mention)
        ? { type: 'user', user_id: part.mention }
        : { type: 'text', text: part.name }
    return { type: 'link', url: part.link, text: part.label }
  })
}

/** https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
const FORMATS = { relative: '{ago}', date_time: '{date_short_pretty} {time}' } as const

/** Without empty parts, which Slack refuses, and with empty links as plain text. */
function partsOf(text: Text): Inline[] {
  return [text].flat().flatMap((part) => {
    const usable = typeof part === 'object' && 'link' in part && !isWebAddress(part.link) ? part.label : part
    return plainOf(usable) === '' ? [] : [usable]
  })
}

function styledMarkup(part: Inline, before: string, after: string): string | null {
  if (typeof part === 'string') return escapeText(part)
  if ('link' in part)
    return /[|\n]/.test(part.label) ? null : `<${escapeText(part.link)}|${escapeText(part.label)}>`
  if ('time' in part)
    return `<!date^${secondsOf(part.time)}^${FORMATS[part.as]}|${escapeText(plainOf(part))}>`
  if ('mention' in part) return isUser(part.mention) ? `<@${part.mention}>` : escapeText(part.name)
  const inner = plainOf(part)
  // Slack only recognises a style around words without adjacent spaces inside or letters outside.
  const stands = inner === inner.trim() && !/[\p{L}\p{N}]/u.test(before + after) && !/[\n`]/.test(inner)
  const sign = 'bold' in part ? '*' : 'italic' in part ? '_' : '`'
  return stands ? `${sign}${escapeText(inner)}${sign}` : null
}

function edge(part: Inline | undefined, at: number): string {
  return part === undefined ? '' : (plainOf(part).at(at) ?? '')
}

function isCode(part: Inline): boolean {
  return typeof part === 'object' && 'code' in part
}

function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}

function isUser(id: string): boolean {
  return /^[UW][A-Z0-9]{2,20}$/.test(id)
}

function isWebAddress(address: string): boolean {
  return address.length <= 3000 && /^https?:\/\/[^\s<>|]+$/i.test(address) && URL.canParse(address)
}
