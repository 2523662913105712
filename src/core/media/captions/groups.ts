import { FPS } from '../../model/formats.ts'
import type { TimedPiece } from './caption-timing.ts'
import { breakLines, type Lines, type Measure } from './lines.ts'
import type { Template } from './templates.ts'

/** The pieces [first, end) of a text that are shown together, with their line break. */
export interface Group extends Lines {
  first: number
  end: number
}

export interface GroupRequest {
  pieces: readonly TimedPiece[]
  measure: Measure
  /** The frame at which each piece starts to be spoken. */
  starts: readonly number[]
  /** The clip's length. */
  frames: number
  template: Template
  /** Characters per second that people read easily. */
  pace: number
}

/** Captions shown for less time can't be read. */
export const SHORTEST_CAPTION_FRAMES = Math.ceil(0.8 * FPS)
const LONGEST_COMFORTABLE_FRAMES = 4 * FPS
/** The cost of showing a caption too briefly: only done if it would otherwise be too small to read. */
const HURRY = 60

/** Returns the cheapest of all ways to divide a text into captions. It contains the whole text. */
export function bestGroups(request: GroupRequest): Group[] {
  const { pieces, measure, starts, frames } = request
  const count = pieces.length
  const costs: number[] = [0]
  const last: Group[] = []
  for (let first = 0; first < count; first++) {
    const base = costs[first]
    if (base === undefined) continue
    for (let end = first + 1; end <= count; end++) {
      // Wider groups would be illegible; a single piece always fits.
      if (end - first > 1 && measure.width(first, end) > (2 * measure.max) / measure.smallest) break
      const lines = breakLines(measure, first, end)
      if (lines.scale < measure.smallest - 1e-9) continue
      const length = (end < count ? (starts[end] ?? frames) : frames) - (starts[first] ?? 0)
      const cost = base + lines.cost + costOf(request, first, end, length)
      if (cost < (costs[end] ?? Number.POSITIVE_INFINITY)) {
        costs[end] = cost
        last[end] = { first, end, ...lines }
      }
    }
  }
  const groups: Group[] = []
  for (let group = last[count]; group; group = last[group.first]) groups.unshift(group)
  return groups
}

/** @param length the number of frames until the next caption. */
function costOf(request: GroupRequest, first: number, end: number, length: number): number {
  const { pieces, measure, template } = request
  const isAll = first === 0 && end === pieces.length
  const width = measure.width(first, end) / measure.max
  let cost = 1 + (end < pieces.length ? (measure.bonds[end - 1] ?? 0) : 0)
  if (length < SHORTEST_CAPTION_FRAMES && !isAll) cost += HURRY * (2 - length / SHORTEST_CAPTION_FRAMES)
  for (let index = first; index < end - 1; index++) if (measure.bonds[index] === 0) cost += 1.5
  const ideal = template.idealWidth * template.lines
  if (width > ideal) cost += 2 * (width - ideal) + (template.lines === 1 ? 1.6 : 0)
  const isSentence =
    (first === 0 || measure.bonds[first - 1] === 0) && (end === pieces.length || measure.bonds[end - 1] === 0)
  if (width < 0.36 && !isAll) cost += isSentence ? 0.4 : end - first === 1 ? 3.5 : 1.2
  if (length > LONGEST_COMFORTABLE_FRAMES) cost += (length - LONGEST_COMFORTABLE_FRAMES) / FPS
  return cost + hasteOf(request, first, end, length)
}

/** The cost of captions that can't be read at the voice's speed; fewer words at a time can still be taken in at a glance. */
function hasteOf({ pieces, pace }: GroupRequest, first: number, end: number, length: number): number {
  const needed = charactersOf(pieces, first, end) / pace
  const over = (needed * FPS) / Math.max(1, length) - 1
  return over > 0 ? 15 * Math.min(over, 2) * needed ** 2 : 0
}

/** The number of characters shown, including spaces. */
export function charactersOf(pieces: readonly TimedPiece[], first: number, end: number): number {
  let characters = 0
  for (let index = first; index < end; index++) {
    const piece = pieces[index]
    if (piece) characters += piece.text.length + (piece.spaceBefore && index > first ? 1 : 0)
  }
  return characters
}
