import { FPS } from '../../model/formats.ts'
import type { WordTiming } from '../../model/providers.ts'
import { timePieces } from '../captions/caption-timing.ts'
import type { TextBreak } from '../types.ts'

export interface ShotRequest {
  text: string
  words: WordTiming[]
  /** Where the text can be cut; the ends of words when there is none. */
  breaks: readonly TextBreak[]
  /** Frames of the clip. */
  frames: number
  /** Seconds at which the voice ends. */
  speechEnd: number
  /** Seconds of the longest shot. */
  longest: number
}

/** Seconds below which a shot is only a flicker. */
const SHORTEST = 1
/** Frames between places where a clip may be cut if its words leave no better one. */
const GRID = 3
/** What a cut costs between two words, and where nothing is known of what is said; a clause's end costs 0.3 to 1.5. */
const BETWEEN_WORDS = 6
const ANYWHERE = 9

/**
 * The first frames of a clip's shots, beginning with 0. No shot is longer than asked for, and as far as that leaves a choice
 * each begins with a clause, and all are about as long as each other.
 */
export function planShots(request: ShotRequest): number[] {
  const { frames } = request
  const longest = Math.max(1, Math.floor(request.longest * FPS))
  if (frames <= longest) return [0]
  const places = cutsOf(request)
  const ideal = frames / Math.ceil(frames / (0.85 * longest))
  const shortest = Math.min(SHORTEST * FPS, 0.7 * ideal)
  const best: { cost: number; before: number }[] = places.map(() => ({
    cost: Number.POSITIVE_INFINITY,
    before: 0,
  }))
  best[0] = { cost: 0, before: 0 }
  places.forEach((to, index) => {
    for (let before = index - 1; before >= 0; before--) {
      const from = places[before]
      const known = best[before]
      if (!from || !known) continue
      const length = to.frame - from.frame
      if (length > longest) break
      const flicker = length < shortest ? 20 : 0
      const cost = known.cost + to.cost + 6 * (length / ideal - 1) ** 2 + flicker
      if (cost < (best[index]?.cost ?? 0)) best[index] = { cost, before }
    }
  })
  const starts: number[] = []
  for (let index = places.length - 1; index > 0; ) {
    index = best[index]?.before ?? 0
    starts.unshift(places[index]?.frame ?? 0)
  }
  return starts
}

interface Place {
  frame: number
  cost: number
}

/** Every frame at which a shot may begin, in order, with the beginning and the end of the clip. */
function cutsOf({ text, words, breaks, frames, speechEnd }: ShotRequest): Place[] {
  const costs = new Map<number, number>()
  const offer = (frame: number, cost: number) => {
    if (frame > 0 && frame < frames) costs.set(frame, Math.min(cost, costs.get(frame) ?? cost))
  }
  for (let frame = GRID; frame < frames; frame += GRID) offer(frame, ANYWHERE)
  const breakAt = new Map(breaks.map(({ at, cost }) => [at, cost]))
  for (const { start, from } of timePieces(piecesBetween(text, breaks), words, speechEnd))
    offer(Math.round(from * FPS), breakAt.get(start) ?? BETWEEN_WORDS)
  const inside = [...costs].map(([frame, cost]) => ({ frame, cost })).sort((a, b) => a.frame - b.frame)
  return [{ frame: 0, cost: 0 }, ...inside, { frame: frames, cost: 0 }]
}

/** The text in its words, and where it has no spaces in what its breaks leave. */
function piecesBetween(text: string, breaks: readonly TextBreak[]) {
  const starts = new Set(breaks.map(({ at }) => at))
  return [...text.matchAll(/\S+/gu)].flatMap(({ index, 0: run }) => {
    const cuts = [0]
    for (let at = 1; at < run.length; at++) if (starts.has(index + at)) cuts.push(at)
    return cuts.map((cut, number) => {
      const part = run.slice(cut, cuts[number + 1])
      return { start: index + cut, end: index + cut + part.length, text: part, spaceBefore: number === 0 }
    })
  })
}
