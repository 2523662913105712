import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import type { NearKind, Overlay } from '../types.ts'
import { drawing, event, fixed } from './ass-events.ts'
import { columns, fronds, paper, reeds, roofs, slopes } from './near/land.ts'
import { arcs, lights, nodes, rocks, silk } from './near/lights.ts'
import { cornerOf, mirrored, written } from './near/paths.ts'
import { dots, tiles } from './near/patterns.ts'
import type { NearShape, Piece, Stage } from './near/stage.ts'

/** Layers of what stands before a picture: how tall it is (a share of the height), its speed (thousandths of the mean of both sides a second), and how far it reaches inside beside others. */
const ROWS = [
  { tall: 0.22, speed: 35, inside: 1.2 },
  { tall: 0.29, speed: 68, inside: 0.9 },
] as const
/** Shares of the width on either side that it takes: below the captions, or where next to none are. */
const REACH: Record<Format, number> = { shorts: 0.25, landscape: 0.17, square: 0.18 }
/** The golden ratio's fraction: what is spread by it never falls into rows. */
const GOLDEN = 0.618034

const SHAPES: Record<NearKind, NearShape> = {
  ...{ reeds, fronds, roofs, columns, paper, slopes },
  ...{ arcs, silk, nodes, rocks, lights, dots, tiles },
}

/**
 * The events of an ASS script for what stands at both sides of a picture and passes faster than it moves itself, the near
 * layer faster than the one behind. It is shapes without blur, which cost little.
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
  let index = number % 89
  const chance = () => {
    index += 1
    return (index * GOLDEN * 7) % 1
  }
  const tones = { ...colours, ...near.colours }
  const eventOf = ({ path, tone, opacity, turn }: Piece, side: number, way: number) => {
    if (path.length === 0) return []
    const shown = side === 0 ? path : mirrored(path)
    const [left, top] = cornerOf(shown)
    const edge = side * width
    const drawn = (placing: { move: string; more?: string }) => [
      event('drift', 0, frames, drawing(written(shown, left, top), tones[tone], opacity, placing)),
    ]
    if (turn !== undefined) {
      // Away from where the lights drift to at its upper side.
      const degrees = -aside * turn * seconds
      const [x, y] = [edge + left, height + top].map(fixed)
      const more = `\\org(${edge},${height})\\frz0\\t(0,${Math.round(seconds * 1000)},\\frz${fixed(degrees)})`
      return drawn({ move: `${x},${y},${x},${y}`, more })
    }
    // What begins on one side has to come from beyond the edge, so each side begins half its way back.
    const from = edge + left - (aside * way) / 2
    return drawn({ move: [from, height + top, from + aside * way, height + top].map(fixed).join(',') })
  }
  return ROWS.flatMap(({ tall, speed, inside }, row) => {
    const way = speed * (Math.sqrt(width * height) / 1000) * seconds
    const stage: Stage = {
      ...{ u, reach: width * REACH[format] * inside, tall: height * tall },
      // It begins half its way back.
      ...{ beyond: way / 2, seconds, isNear: row === 1, chance },
    }
    return [0, 1].flatMap((side) => SHAPES[near.kind](stage).flatMap((piece) => eventOf(piece, side, way)))
  })
}
