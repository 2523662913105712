import { segmentDuration } from '../../core/draft/duration.ts'
import type { SegmentView } from '../../core/model/read-models.ts'
import type { Words } from '../words/index.ts'
import { shorten, shortenToWidth } from './shorten.ts'
import type { Block, FileRef, Inline } from './types.ts'

/** Segments up to which each is shown whole; a longer draft would be too long a thread to look through. */
const SHOWN_WHOLE = 8
/** Columns of a narration on its one line. */
const LINE = 52
/** Characters of a name, and of a list of places. */
const PART = 40

/** True for a draft whose segments are shown in short, each with a still instead of its clip. */
export function isShownCompact(total: number): boolean {
  return total > SHOWN_WHOLE
}

/** Number, text and still of a segment, with its length, and what is still being made or not as it should be. */
export function compactSegment(
  segment: SegmentView,
  { preview, sameFootage }: { preview: FileRef | null; sameFootage: readonly number[] },
  words: Words,
): Block {
  const seconds = segmentDuration(segment)
  const notes: string[] = [
    ...(seconds === null ? [] : [words.seconds(seconds)]),
    ...beingMade(segment, words),
    ...(sameFootage.length > 0 ? [words.segment.sameFootageAs(shorten(sameFootage.join(', '), PART))] : []),
    ...(segment.editedByName === null ? [] : [words.segment.editedBy(shorten(segment.editedByName, PART))]),
  ]
  const text: Inline[] = [
    { bold: String(segment.segmentIndex + 1) },
    ` · ${shortenToWidth(segment.text, LINE)}`,
  ]
  return { type: 'item', text, note: notes.join(' · '), thumbnail: preview }
}

/** What the segment waits for, a sentence each. */
export function beingMade(segment: SegmentView, words: Words): string[] {
  const { ttsLocalPath, voiceError, videoLocalPath, footageError } = segment
  return [
    ...(ttsLocalPath === null && voiceError === null ? [words.segment.voiceComing] : []),
    ...(videoLocalPath === null && footageError === null ? [words.segment.footageComing] : []),
  ]
}
