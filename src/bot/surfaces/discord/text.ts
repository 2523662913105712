import { shorten } from '../../view/shorten.ts'
import type { Block, Inline, Text } from '../../view/types.ts'
import { plainOf } from '../plain.ts'
import { progressBar } from '../progress-bar.ts'
import { escapeAddress, escapeInside, escapeMarkdown, fitsLabel } from './escape.ts'

export type TextBlock = Extract<Block, { type: 'heading' | 'text' | 'note' | 'quote' | 'progress' | 'item' }>

/** Steps of a progress bar: a container on a phone (390 px) has room for about 16, followed by the percentage. */
const BAR = 12
/** Maximum characters of a heading. */
const HEADING = 256

/** A text block in Discord's Markdown; empty if there is nothing to show. */
export function markdownOf(block: TextBlock): string {
  switch (block.type) {
    case 'heading': {
      const line = shorten(block.text.replace(/\s+/g, ' ').trim(), HEADING)
      return line === '' ? '' : `## ${escapeMarkdown(line)}`
    }
    case 'text':
      return inlineMarkdown(block.text)
    case 'note':
      return prefixed('-# ', inlineMarkdown(block.text))
    case 'quote':
      return prefixed('> ', escapeMarkdown(block.text))
    case 'item':
      return [inlineMarkdown(block.text), prefixed('-# ', inlineMarkdown(block.note))]
        .filter((line) => line !== '')
        .join('\n')
    case 'progress':
      return `${escapeMarkdown(block.label)}\n${progressBar(block.fraction, BAR)}`
  }
}

/** At most `max` characters of what people read, before escaping. */
export function shortenText(text: Text, max: number): Text {
  if (typeof text === 'string') return shorten(text, max)
  const kept: Inline[] = []
  let left = max
  for (const part of text) {
    const length = plainOf(part).length
    if (length > left) {
      kept.push(typeof part === 'string' ? shorten(part, Math.max(1, left)) : '…')
      break
    }
    kept.push(part)
    left -= length
  }
  return kept
}

function inlineMarkdown(text: Text): string {
  const parts = typeof text === 'string' ? [text] : text
  return parts.map(inlineOf).join('').trim()
}

function inlineOf(part: Inline): string {
  if (typeof part === 'string') return escapeMarkdown(part)
  if ('bold' in part) return around('**', part.bold)
  if ('italic' in part) return around('*', part.italic)
  if ('code' in part) return part.code.includes('`') ? escapeMarkdown(part.code) : `\`${part.code}\``
  if ('mention' in part) return isId(part.mention) ? `<@${part.mention}>` : escapeMarkdown(part.name)
  if ('link' in part) return link(part.label, escapeAddress(part.link))
  return `<t:${Math.floor(part.time.getTime() / 1000)}:${part.as === 'relative' ? 'R' : 'f'}>`
}

/** People's words that can't be a label are put in front of a separate link. */
function link(label: string, address: string): string {
  return fitsLabel(label) ? `[${label}](${address})` : `${escapeMarkdown(label)} [↗](${address})`
}

/** Snowflakes are digits. */
export function isId(id: string): boolean {
  return /^\d{5,25}$/.test(id)
}

/** Discord allows no space right inside the marks. */
function around(mark: string, text: string): string {
  const trimmed = text.trim()
  return trimmed === '' ? text : `${mark}${escapeInside(trimmed)}${mark}`
}

function prefixed(prefix: string, text: string): string {
  if (text.trim() === '') return ''
  return text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => `${prefix}${line}`)
    .join('\n')
}
