import type { TimedPiece } from './caption-timing.ts'

/** Widths of a text's pieces, in em. */
export interface Measure {
  /** Of a line. */
  max: number
  /** The smallest scale at which the letters can still be read. */
  smallest: number
  /** Width of the pieces [first, end) on one line. */
  width(first: number, end: number): number
  /** What it costs to break behind each piece. */
  bonds: readonly number[]
}

export function measureOf(
  pieces: readonly TimedPiece[],
  width: (text: string) => number,
  rest: Pick<Measure, 'max' | 'smallest' | 'bonds'>,
): Measure {
  const space = width(' ')
  const ends = [0]
  for (const piece of pieces) {
    ends.push((ends.at(-1) ?? 0) + width(piece.text) + (piece.spaceBefore ? space : 0))
  }
  return {
    ...rest,
    width: (first, end) =>
      (ends[end] ?? 0) - (ends[first] ?? 0) - (pieces[first]?.spaceBefore && end > first ? space : 0),
  }
}

export interface Lines {
  /** The first piece of the second line; the end where there is only one. */
  at: number
  /** At most 1. */
  scale: number
  cost: number
}

/** A line of one word that is shorter than this, as a share of the longest line and of the other one, looks lost. */
const SHORT = { ofMax: 0.36, ofOther: 0.62 }
const LOST = 5

/** One line where it fits, else the best division into two: between words that do not belong together, and even. */
export function breakLines(measure: Measure, first: number, end: number): Lines {
  const { max, bonds } = measure
  const whole = measure.width(first, end)
  let best: Lines = { at: end, ...scaled(max / whole) }
  if (whole <= max || end - first === 1) return best
  for (let at = first + 1; at < end; at++) {
    const [upper, lower] = [measure.width(first, at), measure.width(at, end)]
    const [shorter, longer] = upper < lower ? [upper, lower] : [lower, upper]
    const { scale, cost } = scaled(max / longer)
    if (scale < measure.smallest) continue
    const isLost =
      (upper < lower ? at - first : end - at) === 1 &&
      shorter < SHORT.ofMax * max &&
      shorter < SHORT.ofOther * longer
    const uneven = ((longer - shorter) / longer) ** 2
    const total = cost + (bonds[at - 1] ?? 0) + 2.5 * uneven + (isLost ? LOST : 0)
    if (best.scale < measure.smallest || total < best.cost) best = { at, scale, cost: total }
  }
  return best
}

/** What smaller letters cost: a little is hardly seen from one caption to the next. */
function scaled(fitting: number): Pick<Lines, 'scale' | 'cost'> {
  if (fitting >= 1) return { scale: 1, cost: 0 }
  return { scale: fitting, cost: 1 + 14 * (1 - fitting) + 60 * Math.max(0, 0.75 - fitting) }
}
