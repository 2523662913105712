import type { Unit } from '../model/error-messages.ts'
import { UserError } from '../model/errors.ts'
import type { Field } from '../model/fields.ts'
import { LIMITS } from '../model/limits.ts'
import { isNoText } from '../model/text/characters.ts'
import { cleaned } from '../model/text/clean.ts'
import { withoutEmoji } from '../model/text/emoji.ts'
import { shorten } from '../providers/script/shorten.ts'

/** Something a voice can say. */
const SPEAKABLE = /[\p{L}\p{N}]/u

/**
 * A person's text, cleaned by `cleaned`.
 * @param language for dates in words; by default guessed from the text.
 * @throws UserError if it is longer than `max` (UTF-16 code units, as platforms count) or isn't text.
 */
export function cleanText(field: Field, value: string, max: number, language?: string): string {
  if (isNoText(value)) throw new UserError('text_has_control_characters', { field })
  const text = cleaned(value, field === 'description' ? 'page' : 'typed', language)
  if (text.length > max) throw new UserError('text_too_long', { field, length: text.length, max })
  return text
}

/** Like cleanText, on one line. */
export function cleanLine(field: Field, value: string, max: number, language?: string): string {
  const line = (text: string) => text.replaceAll(/\s+/gu, ' ').trim()
  return cleanText(field, line(cleanText(field, value, Number.POSITIVE_INFINITY, language)), max, language)
}

/** Same, for searches, lettering and tags, without emoji. */
export function cleanWords(field: Field, value: string, max: number): string {
  return cleanLine(field, withoutEmoji(value), max)
}

/** @throws UserError if nothing is left of it. */
export function requireLine(field: Field, value: string, max: number): string {
  const line = cleanLine(field, value, max)
  if (line === '') throw new UserError('text_empty', { field })
  return line
}

/** True for a text with at least one letter or digit. */
export function isSpeakable(text: string): boolean {
  return SPEAKABLE.test(text)
}

/** A segment's text, which must be speakable. */
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

/** @param value in seconds. @throws UserError explaining how to write durations. */
export function requireSeconds(field: Field, value: number, range: { min: number; max: number }): number {
  if (!Number.isFinite(value) || value < range.min || value > range.max)
    throw new UserError('duration_out_of_range', { field, min: range.min, max: range.max })
  return value
}

export function requireChoice<T extends string>(field: Field, value: string, allowed: readonly T[]): T {
  const found = allowed.find((choice) => choice === value)
  if (found === undefined)
    throw new UserError('not_a_choice', { field, value: shown(value), allowed: allowed.join(', ') })
  return found
}

/** Without duplicates and leading `#`. */
export function cleanTags(values: string[]): string[] {
  const tags = values.map((tag) => cleanWords('tags', tag, LIMITS.description).replace(/^#+/, '').trim())
  const unique = [...new Set(tags)].filter((tag) => tag !== '')
  if (unique.length > LIMITS.tags || unique.some((tag) => tag.length > LIMITS.tag))
    throw new UserError('too_many_tags', { max: LIMITS.tags, maxLength: LIMITS.tag })
  return unique
}

/** A value that is safe to show in a sentence, even on a terminal. */
function shown(value: string): string {
  return shorten(value.replaceAll(/[\p{C}\s]+/gu, ' '), 40)
}
