import { type Field, type Unit, UserError } from '../model/errors.ts'
import { withoutInvisible } from '../model/invisible.ts'
import { LIMITS } from '../model/limits.ts'
import { shorten } from '../providers/script/shorten.ts'

/** Control characters other than line breaks and tabs, and halves of a surrogate pair. */
const NOT_TEXT = /[^\P{Cc}\r\n\t]|\p{Cs}/u
/** Something that a voice can say. */
const SPEAKABLE = /[\p{L}\p{N}]/u

/**
 * Text from a person: NFC, Unix line breaks, nothing invisible in it, no white space around it.
 * @throws UserError when it is longer than `max` (UTF-16 units, as the platforms count) or holds control characters.
 */
export function cleanText(field: Field, value: string, max: number): string {
  if (NOT_TEXT.test(value)) throw new UserError('text_has_control_characters', { field })
  const text = withoutInvisible(value.replaceAll(/\r\n?/g, '\n').normalize('NFC')).trim()
  if (text.length > max) throw new UserError('text_too_long', { field, length: text.length, max })
  return text
}

/** Like cleanText, on one line. */
export function cleanLine(field: Field, value: string, max: number): string {
  // Not \s: a form feed is a control character, and refused as one.
  return cleanText(field, value.replaceAll(/[\p{Z}\n\r\t]+/gu, ' '), max)
}

/** @throws UserError when nothing is left of it. */
export function requireLine(field: Field, value: string, max: number): string {
  const line = cleanLine(field, value, max)
  if (line === '') throw new UserError('text_empty', { field })
  return line
}

/** True for a text with at least one letter or digit. */
export function isSpeakable(text: string): boolean {
  return SPEAKABLE.test(text)
}

/** The text of a segment: something a voice can say. */
export function requireNarration(value: string): string {
  const text = cleanText('narration', value, LIMITS.narration)
  if (text === '') throw new UserError('text_empty', { field: 'narration' })
  if (!isSpeakable(text)) throw new UserError('text_without_words', { field: 'narration' })
  return text
}

export function requireNumber(
  field: Field,
  value: number,
  range: { min: number; max: number },
  unit: Unit = '',
): number {
  if (!Number.isFinite(value) || value < range.min || value > range.max)
    throw new UserError('number_out_of_range', { field, ...range, unit })
  return value
}

export function requireChoice<T extends string>(field: Field, value: string, allowed: readonly T[]): T {
  const found = allowed.find((choice) => choice === value)
  if (found === undefined)
    throw new UserError('not_a_choice', { field, value: shown(value), allowed: allowed.join(', ') })
  return found
}

/** Without doubles and leading `#`. */
export function cleanTags(values: string[]): string[] {
  const tags = values.map((tag) => cleanLine('tags', tag, LIMITS.description).replace(/^#+/, '').trim())
  const unique = [...new Set(tags)].filter((tag) => tag !== '')
  if (unique.length > LIMITS.tags || unique.some((tag) => tag.length > LIMITS.tag))
    throw new UserError('too_many_tags', { max: LIMITS.tags, maxLength: LIMITS.tag })
  return unique
}

/** A value as it can be shown in a sentence, also on a terminal. */
function shown(value: string): string {
  return shorten(value.replaceAll(/[\p{C}\s]+/gu, ' '), 40)
}
