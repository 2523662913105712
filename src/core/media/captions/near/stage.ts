import type { Path } from './paths.ts'

/**
 * The coordinate system of a near layer: a lower corner of the picture, x inwards from its edge, y down from its lower
 * edge, in pixels.
 */
export interface Stage {
  /** A thousandth of the shorter side. */
  u: number
  /**
   * How far the layer extends inwards, its height at the edge, and how far beyond the edge shapes that enter during the
   * shot begin.
   */
  reach: number
  tall: number
  beyond: number
  /** The length of the shot in seconds. */
  seconds: number
  /** False for the farther layer. */
  isNear: boolean
  /** Returns a different number in [0, 1) each time. */
  chance(): number
}

/** Shapes in one colour. A piece costs time in proportion to its bounding box, whatever it contains, so small ones are cheap. */
export interface Piece {
  path: Path
  tone: 'shade' | 'deep' | 'far' | 'lit' | 'accent' | 'light'
  /** 0 to 1. */
  opacity: number
  /** Degrees per second around the corner, for pieces that rotate instead of passing. */
  turn?: number
}

export type NearShape = (stage: Stage) => Piece[]

/** Positions from the inside to the edge, and as far beyond it as enters the picture; `share` is 0 at the edge and 1 inside. */
export function places({ reach, beyond }: Stage, step: number): { x: number; share: number }[] {
  const count = Math.ceil((reach + beyond) / step) + 1
  return Array.from({ length: count }, (_, index) => {
    const x = reach - index * step
    return { x, share: Math.max(0, x) / reach }
  })
}
