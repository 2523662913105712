import { createHash } from 'node:crypto'
import { FPS } from '../../model/formats.ts'
import type { FootageKind } from '../types.ts'

/** The visible part of the footage. */
export interface View {
  /** How many times smaller it is than the largest part with the frame's aspect ratio. */
  zoom: number
  /** Where the footage's centre appears: on the left (1) or right (-1) line of thirds, or in the middle (0). */
  third: number
  /** The fraction of the vertical cut that is above the view: 0 shows the top, 1 the bottom. */
  above: number
}

/** Frames [start, start + frames) of a clip, during which the view moves from one position to another. */
export interface Shot {
  start: number
  frames: number
  from: View
  to: View
  /** True for a movement that is fast at first, instead of steady to the end. */
  isSudden: boolean
}

export interface FramingRequest {
  /** The first frame of each shot, starting with 0. */
  starts: readonly number[]
  frames: number
  kind: FootageKind
  /** The seed for all random choices. */
  seed: string
  /** True for the first clip of a film, which moves immediately. */
  isOpening: boolean
  /** The zoom of a close shot. */
  close: number
  /** How many times the footage is enlarged to fill the frame. */
  enlarged: number
  /** True for pictures with content near their edges that must not be cut off. */
  keepsWhole: boolean
  /** True for pictures behind near layers, which move more slowly. */
  isBehind?: boolean | undefined
}

/** Footage enlarged more than this looks soft at any viewing distance. */
const SHARPEST = 2.25
/** A cut to a view whose zoom differs less than this looks like a mistake. */
const LEAST_CLOSE = 1.12
/** How far the view zooms over a still in a shot. */
const DRIFT = 1.1
/** Same, if nothing near the edge may be cut off. */
const WHOLE_DRIFT = 1.08
/** Same, per second, for a picture behind near layers, whatever the length of the shot: those move at steady speeds too. */
const BEHIND_DRIFT = 0.015
/** How much closer a film's first picture is, and the number of frames in which video footage settles. */
const OPENING = 1.16
export const OPENING_FRAMES = 15

/** Pure: the view of each shot, alternating between wide and close, so that each cut is visible. */
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

/** Close shots alternate between the sides. */
function sideOf(index: number, chance: Buffer): number {
  return ((chance[0] ?? 0) + Math.floor(index / 2)) % 2 === 0 ? 1 : -1
}

function closeness({ close, enlarged }: FramingRequest): number {
  return Math.max(LEAST_CLOSE, Math.min(close, SHARPEST / enlarged))
}

/**
 * A view's left edge, as a fraction of the horizontal space around it.
 * @param width the footage's width, in widths of the largest part with the frame's aspect ratio.
 */
export function leftOf({ zoom, third }: View, width = 1): number {
  const room = width - 1 / zoom
  if (room <= 0) return 0.5
  return Math.min(1, Math.max(0, 0.5 + third / (6 * zoom * room)))
}
