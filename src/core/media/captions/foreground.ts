import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import type { NearKind, Overlay } from '../types.ts'
import { drawing, event, fixed, type Span } from './ass-events.ts'
import { columns, fronds, paper, reeds, roofs, slopes } from './near/land.ts'
import { arcs, lights, nodes, rocks, silk } from './near/lights.ts'
import { cornerOf, mirrored, written } from './near/paths.ts'
import { dots, tiles } from './near/patterns.ts'
import type { NearShape, Piece, Stage } from './near/stage.ts'

/**
 * The near layers, far one first: height (a fraction of the frame's), speed (thousandths of the sides' geometric mean, per
 * second), and relative inward reach.
 */
const ROWS = [
  { tall: 0.2, speed: 35, inside: 1.2 },
  { tall: 0.27, speed: 68, inside: 0.9 },
] as const
/** The fraction of the width taken on either side: below the captions, or where there are hardly any. */
const REACH: Record<Format, number> = { shorts: 0.25, landscape: 0.17, square: 0.18 }
/** Milliseconds in which layers disappear, if they do. */
const LEAVE = 400
/** The golden ratio's fraction: positions spread by it never form rows. */
const GOLDEN = 0.618034

const SHAPES: Record<NearKind, NearShape> = {
  ...{ reeds, fronds, roofs, columns, paper, slopes },
  ...{ arcs, silk, nodes, rocks, lights, dots, tiles },
}

/**
 * The ASS events for the near layers: shapes at both sides of a picture that pass faster than the picture moves, the nearer layer
 * fastest. They have no blur, and cost about 4 ms of CPU time per frame.
 * @param shots frames between two cuts: the movement restarts with each, so that shapes never get far inside.
 * @param leaves true if the picture fades to another one at the end, which has its own layers.
 */
export function foregroundEvents(
  overlay: Overlay,
  format: Format,
  shots: readonly Span[],
  leaves = false,
): string[] {
  const { near, colours, number } = overlay
  if (!near) return []
  const tones = { ...colours, ...near.colours }
  // They move the same way as the lights.
  const aside = number % 2 === 0 ? 1 : -1
  return shots.flatMap((shot, at) => {
    const goes = leaves && at === shots.length - 1
    const chance = spread((number + 31 * at) % 89)
    return ROWS.flatMap((row, index) => {
      const stage: Stage = { ...stageOf(row, format, shot), isNear: index === 1, chance }
      return [0, 1].flatMap((side) =>
        SHAPES[near.kind](stage).map((piece) =>
          eventOf(piece, tones[piece.tone], { stage, format, shot, leaves: goes, side, aside }),
        ),
      )
    })
  })
}

/** Returns numbers in [0, 1), each far from the previous ones. */
function spread(from: number): () => number {
  let index = from
  return () => {
    index += 1
    return (index * GOLDEN * 7) % 1
  }
}

function stageOf({ tall, speed, inside }: (typeof ROWS)[number], format: Format, { from, to }: Span) {
  const { width, height } = FORMATS[format]
  const seconds = (to - from) / FPS
  const way = speed * (Math.sqrt(width * height) / 1000) * seconds
  const u = Math.min(width, height) / 1000
  // Shapes must enter from beyond the edge, so each side starts half its way back.
  return { u, seconds, reach: width * REACH[format] * inside, tall: height * tall, beyond: way / 2 }
}

interface Where {
  stage: Stage
  format: Format
  shot: Span
  /** True if the shapes disappear at the end of the shot. */
  leaves: boolean
  /** 0 on the left, 1 on the right. */
  side: number
  /** 1 to the right, −1 to the left. */
  aside: number
}

function eventOf({ path, opacity, turn }: Piece, colour: string, where: Where): string {
  const { stage, format, shot, leaves, side, aside } = where
  const { width, height } = FORMATS[format]
  const shown = side === 0 ? path : mirrored(path)
  const [left, top] = cornerOf(shown)
  const [x, y] = [side * width + left, height + top]
  const by = turn === undefined ? aside * stage.beyond : 0
  const move = [x - by, y, x + by, y].map(fixed).join(',')
  // The upper side of turning shapes moves the same way as passing shapes.
  const degrees = -aside * (turn ?? 0) * stage.seconds
  const turning = `\\org(${side * width},${height})\\t(0,${Math.round(stage.seconds * 1000)},\\frz${fixed(degrees)})`
  const more = (turn === undefined ? '' : turning) + (leaves ? `\\fad(0,${LEAVE})` : '')
  return event(
    'drift',
    shot.from,
    shot.to,
    drawing(written(shown, left, top), colour, opacity, { move, more }),
  )
}
