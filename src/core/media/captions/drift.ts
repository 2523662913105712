import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import type { Overlay } from '../types.ts'
import { drawing, event, fixed, roundedBox } from './ass-events.ts'

/** Lights by how near they are: how many, and their radius, speed (both in thousandths of the shorter side, a second) and opacity. */
const DEPTHS = [
  { count: 5, radius: 3.5, speed: 9, opacity: 0.5, blur: 1.5 },
  { count: 3, radius: 11, speed: 24, opacity: 0.2, blur: 4 },
  { count: 2, radius: 30, speed: 58, opacity: 0.11, blur: 9 },
] as const
/** The golden ratio's fraction: places that are spread by it never fall into rows. */
const GOLDEN = 0.618034

/** The events of an ASS script for lights that drift before a picture, the near ones faster than those behind and than the picture. */
export function driftEvents({ colours, number }: Overlay, format: Format, frames: number): string[] {
  const { width, height } = FORMATS[format]
  const u = Math.min(width, height) / 1000
  const seconds = frames / FPS
  // All drift one way, as in a breeze.
  const aside = number % 2 === 0 ? 0.55 : -0.55
  let index = number % 97
  return DEPTHS.flatMap(({ count, radius, speed, opacity, blur }) =>
    Array.from({ length: count }, () => {
      index += 1
      const r = radius * u * (0.75 + 0.5 * ((index * GOLDEN * 3) % 1))
      const way = speed * u * seconds
      const x = width * ((index * GOLDEN) % 1) - (aside * way) / 2
      const y = height * (0.08 + 0.84 * ((index * GOLDEN * 5) % 1)) + way / 2
      const move = [x - r, y - r, x - r + aside * way, y - r - way].map(fixed).join(',')
      return event(
        'drift',
        0,
        frames,
        drawing(roundedBox(0, 0, 2 * r, 2 * r, r), colours.light, opacity, {
          move,
          more: `\\blur${fixed(blur * u)}`,
        }),
      )
    }),
  )
}
