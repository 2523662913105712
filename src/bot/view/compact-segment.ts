import { segmentDuration } from '../../core/draft/duration.ts'
import type { SegmentView } from '../../core/model/read-models.ts'
import type { Words } from '../words/index.ts'
import { shorten, shortenToWidth } from './shorten.ts'
import type { Block, FileRef, Inline } from './types.ts'

/** Up to this many segments, each is shown in full; a longer draft would make the thread too long to look through. */
const SHOWN_WHOLE = 8
/** Columns of a narration: with number and length, one line of a message, or three on a phone, next to the picture. */
const LINE = 52
/** Maximum characters of a list of positions. */
const PLACES = 40

/** True for a draft whose segments are shown compactly, each with a still instead of its clip. */
export function isShownCompact(total: number): boolean {
  return total > SHOWN_WHOLE
}

/** A segment's number, length, text and still, and what is still being made. Who edited it is in the history. */
export function compactSegment(
  segment: SegmentView,
  { preview, sameFootage }: { preview: FileRef | null; sameFootage: readonly number[] },
  words: Words,
): Block {
  const seconds = segmentDuration(segment)
  const text: Inline[] = [
    { bold: String(segment.segmentIndex + 1) },
    ...(seconds === null ? [] : [` · ${words.seconds(seconds)}`]),
    ` · ${shortenToWidth(segment.text, LINE)}`,
  ]
  const notes = beingMade(segment, words)
  if (sameFootage.length > 0) notes.push(words.segment.sameFootageAs(shorten(sameFootage.join(', '), PLACES)))
  return { type: 'item', text, note: notes.join(' · '), thumbnail: preview }
}

/** What the segment is waiting for, one sentence each. */
export function beingMade(segment: SegmentView, words: Words): string[] {
  const { ttsLocalPath, voiceError, videoLocalPath, footageError } = segment
  return [
    ...(ttsLocalPath === null && voiceError === null ? [words.segment.voiceComing] : []),
    ...(videoLocalPath === null && footageError === null ? [words.segment.footageComing] : []),
  ]
}
