import type { Path } from './paths.ts'

/** What a near layer is drawn on: a lower corner of the picture, x from its edge inwards, y downwards from its lower edge, in pixels. */
export interface Stage {
  /** A thousandth of the shorter side. */
  u: number
  /** How far inside the layer reaches, how tall it is at the edge, and how far beyond the edge is what comes in while the shot lasts. */
  reach: number
  tall: number
  beyond: number
  /** Seconds of the shot. */
  seconds: number
  /** False for the layer behind. */
  isNear: boolean
  /** A number in [0, 1), another one each time. */
  chance(): number
}

/** What is drawn in one colour. A piece costs by the area of the box around it, whatever is in it, so that small ones are cheap. */
export interface Piece {
  path: Path
  tone: 'shade' | 'deep' | 'far' | 'lit' | 'accent' | 'light'
  /** 0 to 1. */
  opacity: number
  /** Degrees a second around the corner, for what turns instead of passing. */
  turn?: number
}

export type NearShape = (stage: Stage) => Piece[]

/** Places from the inside to the edge, and beyond it as far as comes into the picture; `share` is 0 at the edge and 1 inside. */
export function places({ reach, beyond }: Stage, step: number): { x: number; share: number }[] {
  const count = Math.ceil((reach + beyond) / step) + 1
  return Array.from({ length: count }, (_, index) => {
    const x = reach - index * step
    return { x, share: Math.max(0, x) / reach }
  })
}
