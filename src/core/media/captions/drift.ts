import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import type { Overlay } from '../types.ts'
import { drawing, event, fixed, roundedBox } from './ass-events.ts'

/**
 * Lights by distance, far ones first: their number, radius (in thousandths of the shorter side), speed (in the same per
 * second), opacity, and the number of discs each consists of.
 */
const DEPTHS = [
  { count: 5, radius: 3.5, speed: 9, opacity: 0.5, rings: 1 },
  { count: 3, radius: 11, speed: 24, opacity: 0.2, rings: 2 },
  { count: 2, radius: 30, speed: 58, opacity: 0.11, rings: 3 },
] as const
/** The golden ratio's fraction: positions spread by it never form rows. */
const GOLDEN = 0.618034

/** The ASS events for lights that drift in front of a picture; near ones move faster than far ones and the picture. */
export function driftEvents({ colours, number }: Overlay, format: Format, frames: number): string[] {
  const { width, height } = FORMATS[format]
  const u = Math.min(width, height) / 1000
  const seconds = frames / FPS
  // All drift the same way, as in a breeze.
  const aside = number % 2 === 0 ? 0.55 : -0.55
  let index = number % 97
  return DEPTHS.flatMap(({ count, radius, speed, opacity, rings }) =>
    Array.from({ length: count }, () => {
      index += 1
      const r = radius * u * (0.75 + 0.5 * ((index * GOLDEN * 3) % 1))
      const way = speed * u * seconds
      const x = width * ((index * GOLDEN) % 1) - (aside * way) / 2
      const y = height * (0.08 + 0.84 * ((index * GOLDEN * 5) % 1)) + way / 2
      // Nested discs make the edge soft, which costs a little less than a blur.
      return Array.from({ length: rings }, (_, ring) => {
        const part = r * (1 - 0.28 * ring)
        const move = [x - part, y - part, x - part + aside * way, y - part - way].map(fixed).join(',')
        return event(
          'drift',
          0,
          frames,
          drawing(roundedBox(0, 0, 2 * part, 2 * part, part), colours.light, opacity / rings, { move }),
        )
      })
    }).flat(),
  )
}
