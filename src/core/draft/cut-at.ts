import { UserError } from '../model/errors.ts'
import type { Editing } from './edit.ts'
import type { EditableSegment } from './load.ts'
import { isSpeakable } from './validate.ts'

/** Where a word starts: as a UTF-16 offset into the text, and in seconds within its segment. */
interface WordStart {
  offset: number
  at: number
}

/** A segment's words as spoken; without a voice, assuming the same time per letter. */
export async function wordStarts(
  { em }: Pick<Editing, 'em'>,
  { id, text, ttsLocalPath, ttsDuration }: EditableSegment,
): Promise<WordStart[]> {
  const [row] = await em.execute('select words from draft_segments where id = ?', [id])
  const spoken: { start: number; from: number }[] =
    ttsLocalPath === null ? [] : JSON.parse(row?.words ?? '[]')
  if (spoken.length > 1) return spoken.map(({ start, from }) => ({ offset: start, at: from }))
  const seconds = ttsDuration ?? text.length / LETTERS_A_SECOND
  return [...text.matchAll(/(?<=\s)\S/gu)].map(({ index }) => ({
    offset: index,
    at: (index / text.length) * seconds,
  }))
}

const LETTERS_A_SECOND = 14

/** Cuts a text before the word that starts closest to a time. @throws UserError if it can't be split into two speakable parts. */
export function cutAt(text: string, words: readonly WordStart[], at: number): [string, string] {
  const [cut] = words
    .map((word) => ({ ...word, parts: partsAt(text, word.offset) }))
    .filter(({ parts }) => parts.every(isSpeakable))
    .toSorted((one, other) => Math.abs(one.at - at) - Math.abs(other.at - at))
  if (!cut) throw new UserError('cannot_split')
  return cut.parts
}

function partsAt(text: string, offset: number): [string, string] {
  return [text.slice(0, offset).trim(), text.slice(offset).trim()]
}
