import { arc, between, disc, line, type Point, polygon, ring } from './paths.ts'
import { type NearShape, type Piece, places, type Stage } from './stage.ts'

/** The arcs' rotation in degrees per second. */
const TURN = { far: 8, near: 20 }

/** Arcs that rotate around the corner. */
export const arcs: NearShape = ({ u, tall, reach, seconds, isNear, chance }) => {
  const largest = Math.min(tall, reach * 1.4)
  const pieces: Piece[] = []
  const step = (isNear ? 70 : 52) * u
  const turn = isNear ? TURN.near : TURN.far
  // Covers the visible quarter, and what rotates into it from either side.
  const more = Math.min(Math.PI * 0.75, (turn * seconds * Math.PI) / 180)
  for (let radius = largest; radius > step; radius -= step)
    for (let from = -Math.PI / 2 - more - chance(); from < more; ) {
      const to = from + 0.3 + 0.7 * chance()
      const path = arc(radius, step * (0.1 + 0.42 * chance() ** 2), from, to)
      const isBright = pieces.length % 3 === 0
      if (!isNear) pieces.push({ path, tone: 'far', opacity: 1, turn })
      else pieces.push({ path, tone: isBright ? 'lit' : 'accent', opacity: isBright ? 0.9 : 0.72, turn })
      from = to + 0.3 + 0.5 * chance()
    }
  return pieces
}

/** A twisted band of silk with a bright edge. */
export const silk: NearShape = (stage) => {
  const { u, tall, isNear, chance } = stage
  const length = (isNear ? 460 : 330) * u
  const [phase, twist] = [2 * Math.PI * chance(), Math.PI * chance()]
  const curve = (at: number): Point[] =>
    places(stage, 14 * u).map(({ x, share }) => {
      const open = (1 - share) ** 0.8
      const middle = 0.08 + 0.56 * open ** 1.3 + 0.09 * open * Math.sin((x / length) * 2 * Math.PI + phase)
      const half = 0.3 * open * Math.sin((x / length) * Math.PI * 1.3 + twist)
      return [x, -tall * (middle + half * (2 * at - 1))]
    })
  if (!isNear) return [{ path: between(curve(1), curve(0)), tone: 'lit', opacity: 0.4 }]
  return [
    { path: between(curve(1), curve(0)), tone: 'accent', opacity: 0.5 },
    { path: between(curve(0.3), curve(0)), tone: 'accent', opacity: 0.75 },
  ]
}

/** Points of a net, connected to their neighbours. */
export const nodes: NearShape = (stage) => {
  const { u, tall, isNear, chance } = stage
  const step = (isNear ? 118 : 76) * u
  const points = places(stage, step).flatMap(({ x, share }) => {
    const rows = Math.max(1, Math.round(((1 - 0.6 * share) * tall) / step))
    return Array.from({ length: rows }, (_, row): Point => {
      return [x + (chance() - 0.5) * step * 0.8, -step * (row + 0.15 + 0.7 * chance())]
    })
  })
  const lines = points.flatMap((a, index) =>
    points
      .slice(index + 1)
      .filter((b) => Math.hypot(a[0] - b[0], a[1] - b[1]) < step * 1.35)
      .map((b): Piece => {
        return { path: line(a, b, (isNear ? 3 : 1.8) * u), tone: 'lit', opacity: isNear ? 0.6 : 0.35 }
      }),
  )
  const dots = points.flatMap(([x, y]): Piece[] => {
    const r = (isNear ? 10 : 6) * u * (0.6 + 0.9 * chance())
    if (!isNear) return [{ path: disc(x, y, r), tone: 'lit', opacity: 0.7 }]
    return [
      { path: disc(x, y, 2.3 * r), tone: 'accent', opacity: 0.26 },
      { path: disc(x, y, r), tone: 'light', opacity: 0.95 },
    ]
  })
  return [...lines, ...dots]
}

/** Floating rocks, lit from one side. */
export const rocks: NearShape = (stage) => {
  const { u, tall, isNear, chance } = stage
  return places(stage, (isNear ? 176 : 104) * u).flatMap(({ x, share }): Piece[] => {
    const r = (isNear ? 56 + 56 * chance() : 18 + 24 * chance()) * u * (1 - 0.45 * share)
    const y = -tall * (0.1 + 0.78 * chance()) * (1 - 0.4 * share)
    const bumps = [chance(), chance(), chance()].map((luck) => 2 * Math.PI * luck)
    const at = (angle: number, depth = 0): Point => {
      const rough = bumps.map((bump, index) => (0.1 / (index + 1)) * Math.sin((index + 2) * angle + bump))
      const radius = r * (rough.reduce((sum, one) => sum + one, 1) - depth)
      return [x + radius * Math.cos(angle), y + radius * 0.86 * Math.sin(angle)]
    }
    const body = polygon(Array.from({ length: 22 }, (_, index) => at((index / 22) * 2 * Math.PI)))
    // The rim from the lower left to the upper right.
    const rim = (depth: number) =>
      Array.from({ length: 13 }, (_, index) =>
        at((0.8 + (0.95 * index) / 12) * Math.PI, depth * Math.sin((Math.PI * index) / 12)),
      )
    return [
      { path: body, tone: isNear ? 'shade' : 'far', opacity: 1 },
      { path: between(rim(0), rim(0.36)), tone: isNear ? 'lit' : 'accent', opacity: 0.75 },
    ]
  })
}

/** Lights out of focus. */
export const lights: NearShape = (stage) => {
  if (!stage.isNear)
    return scattered(stage, 66, [18, 30]).map(([x, y, r]) => {
      return { path: disc(x, y, r), tone: 'lit', opacity: 0.42 }
    })
  const wide = 5 * stage.u
  return scattered(stage, 128, [58, 58]).flatMap(([x, y, r]): Piece[] => [
    { path: disc(x, y, r), tone: 'accent', opacity: 0.26 },
    { path: ring(x, y, r - wide / 2, wide), tone: 'accent', opacity: 0.45 },
  ])
}

/** Discs at the corner and beyond the edge, of at least radius `least`, plus up to `more`. */
function scattered(stage: Stage, step: number, [least, more]: Point): [number, number, number][] {
  const { u, tall, chance } = stage
  return places(stage, step * u).map(({ x, share }) => {
    const r = (least + more * chance()) * u * (1 - 0.4 * share)
    return [x, -tall * (0.05 + 0.9 * chance()) * (1 - 0.5 * share), r]
  })
}
