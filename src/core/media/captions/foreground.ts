import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import type { Overlay } from '../types.ts'
import { drawing, event, fixed } from './ass-events.ts'

/** Rows of what stands before a picture: how tall it is (a share of the height), its speed (thousandths of the shorter side a second) and opacity. */
const ROWS = [
  { tall: 0.2, speed: 34, opacity: 0.72, count: 7 },
  { tall: 0.29, speed: 78, opacity: 1, count: 5 },
] as const
/** Shares of the width on either side that it takes, where no captions are. */
const REACH = 0.17
/** The golden ratio's fraction: what is spread by it never falls into rows. */
const GOLDEN = 0.618034

/**
 * The events of an ASS script for reeds or roofs at both sides of a picture, which pass faster than it moves itself, the near
 * ones faster than those behind. They are shapes without blur; both rows together cost about 3 ms of processor a frame.
 */
export function foregroundEvents(
  { near, colours, number }: Overlay,
  format: Format,
  frames: number,
): string[] {
  if (!near) return []
  const { width, height } = FORMATS[format]
  const u = Math.min(width, height) / 1000
  const seconds = frames / FPS
  // As the lights drift.
  const aside = number % 2 === 0 ? 1 : -1
  const shape = near === 'reeds' ? reed : roof
  let index = number % 89
  return ROWS.flatMap(({ tall, speed, opacity, count }) => {
    const way = speed * u * seconds
    return [0, 1].map((side) => {
      const parts = Array.from({ length: count }, (_, place) => {
        index += 1
        const chance = (index * GOLDEN * 7) % 1
        // From the edge inwards, and beyond the edge as far as it will have moved.
        const outwards = width * REACH - (place / (count - 1)) * (width * REACH + way)
        const x = side === 0 ? outwards : width - outwards
        // The farther inside, the lower.
        const share = Math.max(0, outwards) / (width * REACH)
        return shape(x, height * tall * (1 - 0.62 * share) * (0.75 + 0.35 * chance), chance, u)
      })
      // What begins on one side has to come from beyond the edge, so each side begins half its way back.
      const { path, left, top } = toCorner(parts.join(' '))
      const from = left - (aside * way) / 2
      const move = [from, height + top, from + aside * way, height + top].map(fixed).join(',')
      return event('drift', 0, frames, drawing(path, colours.shade, opacity, { move }))
    })
  })
}

/** libass puts the upper left corner of what is drawn where the event is, wherever its own coordinates begin. */
function toCorner(path: string): { path: string; left: number; top: number } {
  const numbers = path.match(/-?\d+/g)?.map(Number) ?? []
  const [left, top] = [0, 1].map((axis) => Math.min(...numbers.filter((_, at) => at % 2 === axis)))
  let at = 0
  const shifted = path.replaceAll(/-?\d+/g, (number) =>
    String(Number(number) - ((at++ % 2 === 0 ? left : top) ?? 0)),
  )
  return { path: shifted, left: left ?? 0, top: top ?? 0 }
}

/** A blade of grass from the lower edge, bent as the wind has it. */
function reed(left: number, tall: number, chance: number, u: number): string {
  const [wide, lean] = [(9 + 10 * chance) * u, (chance - 0.35) * 150 * u]
  const [tipX, tipY, middle] = [left + lean, -tall, -tall * 0.55]
  const numbers = (...values: number[]) => values.map((value) => Math.round(value)).join(' ')
  return (
    `m ${numbers(left - wide, 40 * u)} ` +
    `b ${numbers(left - wide, middle, left + lean * 0.4 - wide * 0.5, middle, tipX, tipY)} ` +
    `b ${numbers(left + lean * 0.4 + wide * 0.5, middle, left + wide, middle, left + wide, 40 * u)}`
  )
}

/** A house of a near street, some of them with an aerial. */
function roof(left: number, tall: number, chance: number, u: number): string {
  const half = (34 + 30 * chance) * u
  const box = (l: number, t: number, r: number) => {
    const [a, b, c, d] = [l, t, r, 40 * u].map((value) => Math.round(value))
    return `m ${a} ${b} l ${c} ${b} l ${c} ${d} l ${a} ${d}`
  }
  const house = box(left - half, -tall, left + half)
  return chance < 0.4 ? house : `${house} ${box(left - 2 * u, -tall - 46 * u, left + 2 * u)}`
}
