import { shorten } from '../../view/shorten.ts'
import type { Block } from '../../view/types.ts'
import { DISCORD_LIMITS } from './limits.ts'
import { markdownOf, shortenText, type TextBlock } from './text.ts'

/** Minimum characters kept of a quote when even the texts around it have to be shortened. */
const LEAST_QUOTE = 80

/**
 * Visibly shortens a message's texts until Discord accepts them: people's words first, since their form has them in full,
 * then all other texts. Always succeeds.
 */
export function fitTexts(blocks: Block[]): Block[] {
  if (fits(blocks)) return blocks
  const quotes = (max: number) => blocks.map((block) => shortenQuote(block, max))
  if (fits(quotes(LEAST_QUOTE))) return largest(quotes, LEAST_QUOTE)
  const all = (max: number) => quotes(Math.min(max, LEAST_QUOTE)).map((block) => shortenOther(block, max))
  return largest(all, 1)
}

export function isText(block: Block): block is TextBlock {
  return ['heading', 'text', 'note', 'quote', 'progress', 'item'].includes(block.type)
}

function fits(blocks: Block[]): boolean {
  const texts = blocks.filter(isText).map(markdownOf)
  const characters = texts.reduce((sum, text) => sum + text.length, 0)
  const bytes = texts.reduce(
    (sum, text) => sum + Buffer.byteLength(text) + DISCORD_LIMITS.message.bytesPerText,
    0,
  )
  return characters <= DISCORD_LIMITS.message.text && bytes <= DISCORD_LIMITS.message.bytes
}

/** The result for the largest allowance that fits, found by bisection. */
function largest(shortened: (max: number) => Block[], least: number): Block[] {
  let low = least
  let high: number = DISCORD_LIMITS.message.text
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(shortened(middle))) low = middle
    else high = middle - 1
  }
  return shortened(low)
}

function shortenQuote(block: Block, max: number): Block {
  return block.type === 'quote' ? { ...block, text: shorten(block.text, max) } : block
}

function shortenOther(block: Block, max: number): Block {
  if (block.type === 'text' || block.type === 'note') return { ...block, text: shortenText(block.text, max) }
  if (block.type === 'heading') return { ...block, text: shorten(block.text, max) }
  if (block.type === 'progress') return { ...block, label: shorten(block.label, max) }
  return block
}
