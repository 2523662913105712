import { styleText } from 'node:util'
import wrapAnsi from 'wrap-ansi'
import type { Block, FileRef, Inline, MessageView, Text } from '../../view/types.ts'
import { plainOf } from '../plain.ts'
import { progressBar } from '../progress-bar.ts'

/** Width of a message in columns, including the frame. */
const WIDTH = 88
const TONES = { neutral: 'cyan', busy: 'yellow', good: 'green', bad: 'red' } as const
/** Steps of a progress bar. */
export const BAR = 28

/** A message as lines for a terminal, in a frame coloured by its tone. */
export function messageText(view: MessageView): string {
  const tone = TONES[view.tone]
  const lines = view.blocks
    .flatMap(blockLines)
    .flatMap((line) => wrapAnsi(line, WIDTH - 4, { hard: true, trim: false }).split('\n'))
  const edge = (text: string) => styleText(tone, text)
  return [
    edge(`╭${'─'.repeat(WIDTH - 2)}`),
    ...lines.map((line) => `${edge('│')} ${line}`),
    edge(`╰${'─'.repeat(WIDTH - 2)}`),
  ].join('\n')
}

function blockLines(block: Block): string[] {
  switch (block.type) {
    case 'heading':
      return [styleText('bold', printable(block.text))]
    case 'text':
      return plain(block.text).split('\n')
    case 'note':
      return plain(block.text)
        .split('\n')
        .map((line) => styleText('dim', line))
    case 'quote':
      return printable(block.text)
        .split('\n')
        .map((line) => `❝ ${line}`)
    case 'item':
      return [
        ...plain(block.text).split('\n'),
        ...(plain(block.note) === '' ? [] : [styleText('dim', plain(block.note))]),
        ...(block.thumbnail ? [fileLine(block.thumbnail)] : []),
      ]
    case 'files':
      return block.files.map(fileLine)
    case 'progress':
      return [`${progressBar(block.fraction, BAR)}  ${printable(block.label)}`]
    case 'divider':
      return ['']
    case 'buttons':
      return [
        block.buttons
          .map(({ label, disabled }) => (disabled ? styleText('dim', `(${label})`) : `[${label}]`))
          .join(' '),
      ]
    case 'menu':
      return [`[${block.menu.label} ${block.menu.items.map(({ label }) => label).join(' · ')}]`]
    case 'select':
      return [`${block.select.label}:`, ...block.select.options.map(({ label }) => `  ${label}`)]
  }
}

function fileLine({ name, path }: FileRef): string {
  return styleText('dim', `▶ ${name}  ${path}`)
}

function plain(text: Text): string {
  return typeof text === 'string' ? printable(text) : text.map(inlineText).join('')
}

function inlineText(part: Inline): string {
  if (typeof part === 'string') return printable(part)
  if ('bold' in part) return styleText('bold', printable(part.bold))
  if ('italic' in part) return styleText('italic', printable(part.italic))
  if ('link' in part) return `${printable(part.label)} <${part.link}>`
  return printable(plainOf(part))
}

/** Escape sequences in people's texts could move the cursor, or worse. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) =>
    character === '\n' || character === '\u200d' ? character : '',
  )
}
