import { createHash } from 'node:crypto'
import type { Segment } from '../../db/entities/segment.ts'
import { UserError } from '../model/errors.ts'
import { LIMITS } from '../model/limits.ts'
import { shorten } from '../providers/script/shorten.ts'

/** The listed fields of a segment. */
export type Listed = Pick<Segment, 'id' | 'text'>

/** A draft's segments as a list that people rearrange by moving and deleting lines. */
export interface Arrangement {
  /** A line per segment: its number, and as much of its text as fits. At most `LIMITS.arrangement.text`. */
  text: string
  /** Identifies the list when it is sent back: at most 15 digits. */
  seen: number
}

/** Characters left free, so that accidental input doesn't exceed the form's limit. */
const SPARE = 100
/** Two of these make 15 digits: one for the order, one for the texts. */
const PART = 2 ** 24

export function arrangementOf(segments: readonly Listed[]): Arrangement {
  const text = listed(segments, segments)
  return { text, seen: orderToken(segments.map(({ id }) => id)) * PART + token(text) }
}

/** A list in a different order than the draft's, with the segments' numbers in the draft. */
export function listed(ordered: readonly Listed[], segments: readonly Listed[]): string {
  const each = Math.floor((LIMITS.arrangement.text - SPARE) / Math.max(1, segments.length)) - 1
  const room = Math.min(each, LIMITS.arrangement.line)
  const numbers = new Map(segments.map(({ id }, index) => [id, `${index + 1}. `]))
  return ordered
    .map(({ id, text }) => {
      const number = numbers.get(id) ?? ''
      return `${number}${shorten(text, Math.max(1, room - number.length))}`
    })
    .join('\n')
}

/** True if the lists have the same segments in the same order, even if their texts have changed. */
export function hasSameOrder(seen: number, ids: readonly number[]): boolean {
  return Math.floor(seen / PART) === orderToken(ids)
}

/**
 * The segments of a list, in its order; those missing from it are to be removed. The numbers count, with or without a dot;
 * texts may be missing.
 * @param segments the listed segments, in order.
 * @param checksWords false if someone else has changed texts since the list was made.
 * @throws UserError for an empty list, a line without a number, an unknown or repeated number, and changed texts, which
 * would be lost.
 */
export function readArrangement<T extends Listed>(
  typed: string,
  segments: readonly T[],
  checksWords = true,
): T[] {
  const found = typed
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .filter((line) => line.trim() !== '')
    .map((line) => readLine(line, segments, checksWords))
  if (found.length === 0) throw new UserError('text_empty', { field: 'order' })
  const twice = found.find((segment, at) => found.indexOf(segment) !== at)
  if (twice) throw new UserError('arrange_twice', { field: 'order', number: segments.indexOf(twice) + 1 })
  return found
}

/** A number that isn't the start of another one, as in `3.5 million`, with the punctuation allowed around it. */
const LINE = /^[^\p{L}\p{N}]*(\d{1,6})(?!\d|[.,:]\d)(?:번(?![\p{L}\p{N}]))?(.*)$/u

function readLine<T extends Listed>(line: string, segments: readonly T[], checksWords: boolean): T {
  const [, digits, words = ''] = LINE.exec(line.normalize('NFKC')) ?? []
  if (digits === undefined)
    throw new UserError('arrange_line', {
      field: 'order',
      line: shorten(line.replaceAll(/\p{C}+/gu, ' '), 40),
    })
  const number = Number(digits)
  const segment = segments[number - 1]
  if (!segment) throw new UserError('arrange_unknown', { field: 'order', number, max: segments.length })
  // Keyboards automatically replace quotation marks, dashes and spaces.
  if (checksWords && !lettersOf(segment.text).startsWith(lettersOf(words)))
    throw new UserError('arrange_words', { field: 'order', number })
  return segment
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

function orderToken(ids: readonly number[]): number {
  return token(ids.join())
}

function token(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 3)
}
