import { box, disc, type Path, polygon, ring } from './paths.ts'
import { type NearShape, type Piece, places } from './stage.ts'

/** A screen of dots that grow towards the corner. */
export const dots: NearShape = (stage) => {
  const { u, tall, reach, isNear } = stage
  const step = (isNear ? 40 : 27) * u
  return places(stage, step).flatMap(({ x }, column): Piece[] => {
    const path = Array.from({ length: Math.ceil(tall / step) + 1 }, (_, row) => {
      const y = -step * (row + (column % 2) / 2)
      const fade = 1 - Math.hypot(Math.max(0, x) / reach, y / tall)
      const wave = 0.64 + 0.36 * Math.sin(x / (1.7 * step) + row * 0.8)
      const r = step * 0.56 * wave * Math.min(1, Math.max(0, fade * 1.3))
      return r < u ? [] : disc(x, y, r)
    }).flat()
    return path.length === 0 ? [] : [{ path, tone: isNear ? 'accent' : 'far', opacity: 1 }]
  })
}

/** Tiles with simple shapes. */
export const tiles: NearShape = (stage) => {
  const { tall, u, isNear, chance } = stage
  const cell = (isNear ? 112 : 74) * u
  return places(stage, cell).flatMap(({ x, share }): Piece[] => {
    const rows = Math.max(1, Math.round(((1 - 0.75 * share) * tall) / cell - 0.3 + 0.6 * chance()))
    const ground = box(x - cell, -cell * rows, x + 1, 1)
    const inks = Array.from({ length: rows }, (_, row): Piece => {
      const path = shape(x - cell, -cell * (row + 1), cell, Math.floor(5 * chance()))
      return { path, tone: isNear && chance() < 0.6 ? 'accent' : 'lit', opacity: isNear ? 0.95 : 0.5 }
    })
    return [{ path: ground, tone: isNear ? 'deep' : 'far', opacity: 1 }, ...inks]
  })
}

function shape(left: number, top: number, cell: number, kind: number): Path {
  const [x, y, r] = [left + cell / 2, top + cell / 2, cell / 2]
  const [right, bottom] = [left + cell, top + cell]
  if (kind === 0) return disc(x, y, r * 0.66)
  if (kind === 1) return ring(x, y, r * 0.68, r * 0.48)
  if (kind === 2) {
    return polygon([
      [left, bottom],
      [left, top],
      [right, bottom],
    ])
  }
  if (kind === 3) {
    return [0, 1, 2].flatMap((bar) => {
      return box(left, top + (bar * cell) / 3, right, top + (bar * cell) / 3 + cell / 6)
    })
  }
  // A quarter of a circle.
  const k = cell * 0.5523
  return [
    { name: 'm', points: [left, top] },
    { name: 'l', points: [right, top] },
    { name: 'b', points: [right, top + k, left + k, bottom, left, bottom] },
  ]
}
