import type { WordTiming } from '../../model/providers.ts'
import type { TextPiece } from './caption-text.ts'

export interface TimedPiece extends TextPiece {
  /** Seconds from the start of the clip. The times of successive pieces never run backwards. */
  from: number
  to: number
}

/**
 * Assigns every piece of the text the time at which it is spoken. Pieces that no word covers share the time between their
 * neighbours in proportion to their length; without any words, all pieces share the time up to `speechEnd`.
 * @param speechEnd the end of the speech in seconds.
 */
export function timePieces(pieces: TextPiece[], words: WordTiming[], speechEnd: number): TimedPiece[] {
  const usable = words
    .filter(
      (word) => word.end > word.start && word.from >= 0 && word.to >= word.from && word.from < speechEnd,
    )
    .toSorted((a, b) => a.start - b.start)
  const timed = pieces.map((piece) => ({ ...piece, ...spokenAt(piece, usable, speechEnd) }))
  const filled = fillGaps(timed, speechEnd)
  // Times that run backwards (a provider's mistake) are clamped to the latest time so far.
  let latest = 0
  return filled.map((piece) => {
    const from = Math.min(Math.max(piece.from, latest), speechEnd)
    const to = Math.min(Math.max(piece.to, from), speechEnd)
    latest = from
    return { ...piece, from, to }
  })
}

interface MaybeTimed extends TextPiece {
  from: number | null
  to: number | null
}

function spokenAt(
  piece: TextPiece,
  words: WordTiming[],
  end: number,
): { from: number | null; to: number | null } {
  let from: number | null = null
  let to: number | null = null
  for (const word of words) {
    if (word.end <= piece.start || word.start >= piece.end) continue
    // The time of a word that spans several pieces is divided by characters.
    const share = (offset: number) =>
      word.from + (word.to - word.from) * clamp((offset - word.start) / (word.end - word.start), 0, 1)
    from = Math.min(from ?? end, clamp(share(piece.start), 0, end))
    to = Math.max(to ?? 0, clamp(share(piece.end), 0, end))
  }
  return { from, to }
}

function fillGaps(pieces: MaybeTimed[], end: number): TimedPiece[] {
  const filled: TimedPiece[] = []
  for (let index = 0; index < pieces.length; ) {
    const piece = pieces[index]
    if (piece === undefined) break
    if (piece.from !== null && piece.to !== null) {
      filled.push({ ...piece, from: piece.from, to: piece.to })
      index += 1
      continue
    }
    let next = index
    while (next < pieces.length && pieces[next]?.from === null) next += 1
    const gap = pieces.slice(index, next)
    const from = filled.at(-1)?.to ?? 0
    const to = Math.max(from, pieces[next]?.from ?? end)
    filled.push(...spread(gap, from, to))
    index = next
  }
  return filled
}

function spread(pieces: TextPiece[], from: number, to: number): TimedPiece[] {
  // One is added for the pause at a space, so that several short words take longer than a long one.
  const weights = pieces.map((piece) => piece.text.length + 1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let done = 0
  return pieces.map((piece, index) => {
    const start = from + ((to - from) * done) / total
    done += weights[index] ?? 0
    return { ...piece, from: start, to: from + ((to - from) * done) / total }
  })
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
