import type { TimedPiece } from './caption-timing.ts'

/** Widths of a text's pieces, in em. */
export interface Measure {
  /** The maximum width of a line. */
  max: number
  /** The smallest scale at which the letters are legible. */
  smallest: number
  /** The width of pieces [first, end) on one line. */
  width(first: number, end: number): number
  /** The cost of a break after each piece. */
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
  /** The first piece of the second line; the end if there is only one. */
  at: number
  /** At most 1. */
  scale: number
  cost: number
}

/** A one-word line looks lost if it is shorter than these fractions of the maximum width and of the other line. */
const SHORT = { ofMax: 0.36, ofOther: 0.62 }
const LOST = 5

/** Uses one line if it fits, otherwise the best split into two even lines, between words that don't belong together. */
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

/** The cost of smaller letters: small differences between captions are hardly visible. */
function scaled(fitting: number): Pick<Lines, 'scale' | 'cost'> {
  if (fitting >= 1) return { scale: 1, cost: 0 }
  return { scale: fitting, cost: 1 + 14 * (1 - fitting) + 60 * Math.max(0, 0.75 - fitting) }
}
