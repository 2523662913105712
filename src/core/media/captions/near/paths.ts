/** A libass drawing command with its points, in pixels to the right and downwards. */
interface Command {
  name: 'm' | 'l' | 'b'
  points: number[]
}

export type Path = Command[]
export type Point = [x: number, y: number]

export function polygon(points: readonly Point[]): Path {
  return points.map((point, index) => ({ name: index === 0 ? 'm' : 'l', points: [...point] }))
}

export function box(left: number, top: number, right: number, bottom: number): Path {
  return polygon([
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ])
}

/** The distance of a cubic curve's handles for a quarter circle, as a fraction of its radius. */
const QUARTER = 0.5523

/** A circle; in the opposite direction, it cuts a hole into a surrounding shape. */
export function disc(x: number, y: number, radius: number, isHole = false): Path {
  const [r, k, d] = [radius, radius * QUARTER, isHole ? -1 : 1]
  const curve = (...points: number[]): Command => ({ name: 'b', points })
  return [
    { name: 'm', points: [x + r, y] },
    curve(x + r, y + k * d, x + k, y + r * d, x, y + r * d),
    curve(x - k, y + r * d, x - r, y + k * d, x - r, y),
    curve(x - r, y - k * d, x - k, y - r * d, x, y - r * d),
    curve(x + k, y - r * d, x + r, y - k * d, x + r, y),
  ]
}

export function ring(x: number, y: number, radius: number, wide: number): Path {
  return [...disc(x, y, radius + wide / 2), ...disc(x, y, Math.max(0, radius - wide / 2), true)]
}

/** A line of the given width between two points. */
export function line([fromX, fromY]: Point, [toX, toY]: Point, wide: number): Path {
  const length = Math.max(1e-6, Math.hypot(toX - fromX, toY - fromY))
  const [x, y] = [((toY - fromY) / length) * (wide / 2), ((fromX - toX) / length) * (wide / 2)]
  return polygon([
    [fromX + x, fromY + y],
    [toX + x, toY + y],
    [toX - x, toY - y],
    [fromX - x, fromY - y],
  ])
}

/** The area between two curves with the same number of points. */
export function between(upper: readonly Point[], lower: readonly Point[]): Path {
  return polygon([...upper, ...lower.toReversed()])
}

/** A section of a ring around the origin, between two angles in radians. */
export function arc(radius: number, wide: number, from: number, to: number): Path {
  const steps = Math.max(2, Math.ceil((to - from) / 0.12))
  const at = (r: number): Point[] =>
    Array.from({ length: steps + 1 }, (_, step) => {
      const angle = from + ((to - from) * step) / steps
      return [r * Math.cos(angle), r * Math.sin(angle)]
    })
  return between(at(radius + wide / 2), at(radius - wide / 2))
}

/** Formats a path in libass's notation. */
export function written(path: Path, ...[x, y]: Point): string {
  return path
    .map(({ name, points }) => {
      const numbers = points.map((value, index) => Math.round(value - (index % 2 === 0 ? x : y)))
      return `${name} ${numbers.join(' ')}`
    })
    .join(' ')
}

export function mirrored(path: Path): Path {
  return path.map(({ name, points }) => ({
    name,
    points: points.map((value, index) => (index % 2 === 0 ? -value : value)),
  }))
}

/** The upper left corner of all points. */
export function cornerOf(path: Path): Point {
  const least = (axis: 0 | 1) =>
    Math.min(...path.flatMap(({ points }) => points.filter((_, index) => index % 2 === axis)))
  return [least(0), least(1)]
}
