import { FPS } from '../../model/formats.ts'

/**
 * The drawing order, from bottom to top: things over drawn footage, boxes, shadows, the spoken word's tile, text, and the
 * end card on top.
 */
const LAYERS = {
  drift: 0,
  shade: 1,
  lettering: 2,
  box: 3,
  shadow: 4,
  tile: 5,
  text: 6,
  spoken: 7,
  plate: 8,
  card: 9,
} as const
export type Layer = keyof typeof LAYERS

/** Frames [from, to) of a clip. */
export interface Span {
  from: number
  to: number
}

/** A line of an ASS script that shows something in frames [from, to). */
export function event(layer: Layer, from: number, to: number, text: string): string {
  return `Dialogue: ${LAYERS[layer]},${timeOf(from)},${timeOf(to)},Text,,0,0,0,,${text}`
}

/** ASS uses hundredths of a second; rounded down, a time is always later than the previous frame and never later than its own. */
function timeOf(frame: number): string {
  const hundredths = Math.floor((frame * 100) / FPS)
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = Math.floor(hundredths / 100)
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(hundredths % 100)}`
}

interface Placing {
  /** The position in pixels from the upper left corner. */
  at?: [x: number, y: number]
  /** The parameters of `\move`, instead of a position. */
  move?: string
  /** Further tags. */
  more?: string
}

/** @param opacity 0 to 1. */
export function drawing(
  shape: string,
  colour: string,
  opacity: number,
  { at = [0, 0], move, more = '' }: Placing = {},
): string {
  const place = move === undefined ? `\\pos(${at.map(fixed).join(',')})` : `\\move(${move})`
  return `{\\an7${place}\\bord0\\shad0\\1c${tagColour(colour)}\\1a${alpha(opacity)}${more}\\p1}${shape}{\\p0}`
}

/** A rounded rectangle in libass's drawing commands; its corners are cubic curves that approximate a quarter circle. */
export function roundedBox(left: number, top: number, right: number, bottom: number, radius: number): string {
  const [l, t, r, b] = [left, top, right, bottom].map(Math.round) as [number, number, number, number]
  const corner = Math.round(Math.min(radius, (r - l) / 2, (b - t) / 2))
  if (corner <= 0) return `m ${l} ${t} l ${r} ${t} l ${r} ${b} l ${l} ${b}`
  const c = Math.round(corner * 0.4477)
  const k = corner
  return (
    `m ${l + k} ${t} l ${r - k} ${t} b ${r - c} ${t} ${r} ${t + c} ${r} ${t + k} ` +
    `l ${r} ${b - k} b ${r} ${b - c} ${r - c} ${b} ${r - k} ${b} ` +
    `l ${l + k} ${b} b ${l + c} ${b} ${l} ${b - c} ${l} ${b - k} ` +
    `l ${l} ${t + k} b ${l} ${t + c} ${l + c} ${t} ${l + k} ${t}`
  )
}

export function fixed(value: number): string {
  return String(Math.round(value * 100) / 100)
}

export function tagColour(colour: string): string {
  return `&H${colour.slice(5, 7)}${colour.slice(3, 5)}${colour.slice(1, 3)}&`.toUpperCase()
}

/** ASS measures transparency from 00 (opaque) to FF. */
export function alpha(opacity: number): string {
  return `&H${Math.round((1 - opacity) * 255)
    .toString(16)
    .padStart(2, '0')
    .toUpperCase()}&`
}
