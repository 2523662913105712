import { FPS } from '../../model/formats.ts'
import type { WordTiming } from '../../model/providers.ts'
import { timePieces } from '../captions/caption-timing.ts'
import type { TextBreak } from '../types.ts'

export interface ShotRequest {
  text: string
  words: WordTiming[]
  /** Where the text can be cut; if empty, the ends of words. */
  breaks: readonly TextBreak[]
  /** The clip's length in frames. */
  frames: number
  /** The end of the speech in seconds. */
  speechEnd: number
  /** The maximum length of a shot in seconds. */
  longest: number
}

/** A shot of fewer seconds is only a flicker. */
const SHORTEST = 1
/** The number of frames between places where a clip may be cut if its words offer none better. */
const GRID = 3
/** The cost of a cut between two words, and at any other frame; the end of a clause costs 0.3 to 1.5. */
const BETWEEN_WORDS = 6
const ANYWHERE = 9

/**
 * Returns the first frame of each of a clip's shots, starting with 0. No shot is longer than `longest`; as far as that
 * allows, each begins with a clause, and all are about equally long.
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

/** Every frame at which a shot may begin, in order, including the clip's start and end. */
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

/** Splits the text into words, and text without spaces at its breaks. */
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
