import type { Inline, Text } from '../view/types.ts'

/** A text as people read it, without formatting. */
export function toPlain(text: Text): string {
  return [text].flat().map(plainOf).join('')
}

export function plainOf(part: Inline): string {
  if (typeof part === 'string') return part
  if ('bold' in part) return part.bold
  if ('italic' in part) return part.italic
  if ('code' in part) return part.code
  if ('time' in part) return `${part.time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  if ('mention' in part) return part.name
  return part.label === '' ? part.link : part.label
}
