import { createHash } from 'node:crypto'
import { FPS } from '../../model/formats.ts'
import type { FootageKind } from '../types.ts'

/** The part of the footage that is seen. */
export interface View {
  /** Times that it is smaller than the largest part of the frame's shape. */
  zoom: number
  /** Where the middle of the footage is seen: on the left (1) or right (-1) line of thirds, or in the middle (0). */
  third: number
  /** The room above it, as a share of what is cut off above and below: 0 shows the top, 1 the bottom. */
  above: number
}

/** Frames [start, start + frames) of a clip, in which the view moves from one place to another. */
export interface Shot {
  start: number
  frames: number
  from: View
  to: View
  /** True for a movement that is over almost at once, instead of going on to the end. */
  isSudden: boolean
}

export interface FramingRequest {
  /** First frames of the shots, beginning with 0. */
  starts: readonly number[]
  frames: number
  kind: FootageKind
  /** What decides everything that is left to chance. */
  seed: string
  /** True for the first clip of a film, which moves at once. */
  isOpening: boolean
  /** The zoom of a close shot. */
  close: number
  /** Times that the footage is enlarged to fill the frame. */
  enlarged: number
  /** True for pictures with something near their edges that must not be cut off. */
  keepsWhole: boolean
  /** True for pictures before which something passes: they are the layer behind it, and move slower. */
  isBehind?: boolean | undefined
}

/** Enlarged more than this, footage looks soft, however far away somebody sits. */
const SHARPEST = 2.25
/** A cut to a view that differs by less looks like a mistake. */
const LEAST_CLOSE = 1.12
/** How far the view moves over a picture in a shot. */
const DRIFT = 1.1
/** The same where nothing near the edge may be cut off. */
const WHOLE_DRIFT = 1.08
/** The same a second for a picture behind others, however long the shot: layers before it move at steady speeds, too. */
const BEHIND_DRIFT = 0.015
/** How much closer the first picture of a film is, and the frames in which footage that moves by itself settles. */
const OPENING = 1.16
export const OPENING_FRAMES = 15

/** The view of each shot: wide and close in turn, so that each cut is seen. Pure. */
export function framings(request: FramingRequest): Shot[] {
  const { starts, kind } = request
  const chance = createHash('sha256').update(request.seed).digest()
  const views = kind === 'image' ? pictureViews : videoViews
  return starts.map((start, index) => ({
    start,
    frames: lengthOf(request, index),
    isSudden: request.isOpening && index === 0,
    ...views(request, index, chance),
  }))
}

function lengthOf({ starts, frames }: FramingRequest, index: number): number {
  return (starts[index + 1] ?? frames) - (starts[index] ?? 0)
}

type Views = Pick<Shot, 'from' | 'to'>

function videoViews(request: FramingRequest, index: number, chance: Buffer): Views {
  const side = sideOf(index, chance)
  if (index % 2 === 1) return still({ zoom: closeness(request), third: side, above: 0.38 })
  const wide = { zoom: 1, third: index === 0 ? 0 : -side, above: 0.5 }
  if (index > 0 || !request.isOpening) return still(wide)
  return { from: { ...wide, zoom: OPENING }, to: wide }
}

function still(view: View): Views {
  return { from: view, to: view }
}

function pictureViews(request: FramingRequest, index: number, chance: Buffer): Views {
  const side = sideOf(index, chance)
  if (request.keepsWhole) return drift(index + (chance[1] ?? 0), side, WHOLE_DRIFT)
  if (index === 0 && request.isOpening)
    return { from: { zoom: OPENING, third: side / 2, above: 0.45 }, to: { zoom: 1, third: 0, above: 0.5 } }
  const slow = request.isBehind ? (BEHIND_DRIFT * lengthOf(request, index)) / FPS : null
  if (index % 2 === 0) return drift(index / 2 + (chance[1] ?? 0), side, slow === null ? DRIFT : 1 + slow)
  const zoom = closeness(request)
  const near = { zoom: zoom * (slow === null ? 1.06 : 1 + slow), third: side, above: 0.36 }
  const far = { zoom, third: side * (slow === null ? 0.6 : 0.85), above: slow === null ? 0.42 : 0.38 }
  return index % 4 === 1 ? { from: far, to: near } : { from: near, to: far }
}

/** A slow movement over the whole picture. */
function drift(number: number, side: number, closest: number): Views {
  const far = { zoom: 1, third: 0, above: 0.5 }
  const near = { zoom: closest, third: 0, above: 0.5 }
  const moves: Views[] = [
    { from: far, to: near },
    { from: { ...near, third: side * 9 }, to: { ...near, third: side * -9 } },
    { from: near, to: far },
    { from: { ...near, above: 0 }, to: { ...near, above: 1 } },
  ]
  return moves[number % moves.length] ?? still(far)
}

/** Close shots look from one side and the other in turn. */
function sideOf(index: number, chance: Buffer): number {
  return ((chance[0] ?? 0) + Math.floor(index / 2)) % 2 === 0 ? 1 : -1
}

function closeness({ close, enlarged }: FramingRequest): number {
  return Math.max(LEAST_CLOSE, Math.min(close, SHARPEST / enlarged))
}

/**
 * Where a view begins from left to right, as a share of the room beside it.
 * @param width of the footage, in widths of the largest part of the frame's shape.
 */
export function leftOf({ zoom, third }: View, width = 1): number {
  const room = width - 1 / zoom
  if (room <= 0) return 0.5
  return Math.min(1, Math.max(0, 0.5 + third / (6 * zoom * room)))
}
