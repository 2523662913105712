import { createHash } from 'node:crypto'
import type { Segment } from '../../db/entities/segment.ts'
import { UserError } from '../model/errors.ts'
import { LIMITS } from '../model/limits.ts'
import { shorten } from '../providers/script/shorten.ts'

/** What is listed of a segment. */
export type Listed = Pick<Segment, 'id' | 'text'>

/** A draft's segments as a list that people put in another order by moving and deleting its lines. */
export interface Arrangement {
  /** A line for each segment: its number, and as much of its text as there is room for. At most `LIMITS.arrangement.text`. */
  text: string
  /** Tells which list it is, for whoever sends it back: at most 15 digits. */
  seen: number
}

/** Characters that are left free, so that a form takes a slip of the finger without running full. */
const SPARE = 100
/** Two of these make 15 digits: one for the order, one for the words. */
const PART = 2 ** 24

export function arrangementOf(segments: readonly Listed[]): Arrangement {
  const text = listed(segments, segments)
  return { text, seen: orderToken(segments.map(({ id }) => id)) * PART + token(text) }
}

/** A list in another order than that of the draft, with the numbers that the segments have there. */
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

/** True when the lists have the same segments in the same order, whatever has become of their words. */
export function hasSameOrder(seen: number, ids: readonly number[]): boolean {
  return Math.floor(seen / PART) === orderToken(ids)
}

/**
 * The segments that a list names, in its order; those that it leaves out are to go. The numbers count, with or without a dot;
 * words may be missing.
 * @param segments those that were listed, in order.
 * @param checksWords false where words have been changed by somebody else since the list was made.
 * @throws UserError for a list without lines; a line without a number; a number that there is not, or that is there twice; and
 * for other words, which would be lost.
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

/** A number that is not the first part of another one, as in `3.5 million`, with what may stand around it. */
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
  // Keyboards put other quotation marks, dashes and blanks in by themselves.
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
