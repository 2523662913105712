import { between, box, line, type Path, type Point, polygon } from './paths.ts'
import { type NearShape, type Piece, places, type Stage } from './stage.ts'

/** How far shapes extend below the lower edge, in thousandths of the shorter side, so that no end is visible. */
const FOOT = 40

/** Blades of grass, the near ones with a lit edge. */
export const reeds: NearShape = (stage) =>
  places(stage, (stage.isNear ? 90 : 58) * stage.u).flatMap(({ x, share }): Piece[] => {
    const chance = stage.chance()
    const tall = stage.tall * (1 - 0.62 * share) * (0.75 + 0.35 * chance)
    const blade = (part: number) => reed(stage, x, tall, chance, part)
    if (!stage.isNear) return [{ path: blade(1), tone: 'far', opacity: 1 }]
    return [
      { path: blade(1), tone: 'shade', opacity: 1 },
      { path: blade(0.34), tone: 'lit', opacity: 0.6 },
    ]
  })

/** @param part the visible fraction of its width, from its left edge. */
function reed({ u }: Stage, x: number, tall: number, chance: number, part: number): Path {
  const [half, lean] = [(9 + 10 * chance) * u, (chance - 0.35) * 120 * u]
  const [tipX, tipY, middle, foot] = [x + lean, -tall, -tall * 0.55, FOOT * u]
  // `side` is −1 on its left edge and 1 on its right edge.
  const at = (side: number) => ({ low: x + half * side, high: x + lean * 0.4 + half * 0.5 * side })
  const [left, right] = [at(-1), at(2 * part - 1)]
  return [
    { name: 'm', points: [left.low, foot] },
    { name: 'b', points: [left.low, middle, left.high, middle, tipX, tipY] },
    { name: 'b', points: [right.high, middle, right.low, middle, right.low, foot] },
  ]
}

/** Leaves along a stem, the near ones with lit veins. */
export const fronds: NearShape = (stage) => {
  const { u, isNear, chance } = stage
  return places(stage, (isNear ? 200 : 124) * u).flatMap(({ x, share }): Piece[] => {
    const tall = stage.tall * (1 - 0.5 * share) * (0.72 + 0.28 * chance())
    const lean = 0.5 * (chance() - 0.4)
    const at = (along: number): Point => [x + Math.sin(lean * along) * tall * along, -tall * along]
    const stem = [0.25, 0.5, 0.75, 1].flatMap((to) =>
      line(to === 0.25 ? [x, FOOT * u] : at(to - 0.25), at(to), 5 * u),
    )
    const leaves = [0.2, 0.36, 0.52, 0.68, 0.84, 1].flatMap((along) =>
      (along === 1 ? [0] : [-1, 1]).map((side) => {
        const long = tall * 0.34 * Math.sin(Math.PI * (0.2 + 0.7 * (1 - along)))
        const angle = lean * along * 1.6 + side * (0.8 + 0.2 * chance())
        const [rootX, rootY] = at(along)
        const tip: Point = [rootX + 0.86 * long * Math.sin(angle), rootY - 0.86 * long * Math.cos(angle)]
        return { shape: leafAt([rootX, rootY], long, angle), vein: line([rootX, rootY], tip, 3 * u) }
      }),
    )
    const body: Piece = {
      path: [...stem, ...leaves.flatMap(({ shape }) => shape)],
      ...{ tone: isNear ? 'shade' : 'far', opacity: 1 },
    }
    if (!isNear) return [body]
    return [body, ...leaves.map(({ vein }): Piece => ({ path: vein, tone: 'lit', opacity: 0.5 }))]
  })
}

/** @param angle radians from upright, to the right. */
function leafAt([x, y]: Point, long: number, angle: number): Path {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  const at = (side: number, along: number): Point => {
    const [dx, dy] = [side * long, along * long]
    return [x + dx * cos + dy * sin, y + dx * sin - dy * cos]
  }
  return [
    { name: 'm', points: [x, y] },
    { name: 'b', points: [...at(0.34, 0.25), ...at(0.26, 0.78), ...at(0, 1)] },
    { name: 'b', points: [...at(-0.26, 0.78), ...at(-0.34, 0.25), x, y] },
  ]
}

/** Houses with lit windows, some with an aerial. */
export const roofs: NearShape = (stage) => {
  const { u, tall, isNear, chance } = stage
  return places(stage, (isNear ? 128 : 84) * u).flatMap(({ x, share }): Piece[] => {
    const luck = chance()
    const half = (34 + 30 * luck) * u * (isNear ? 1 : 0.72)
    const top = -tall * (1 - 0.62 * share) * (0.75 + 0.35 * luck)
    const tone = isNear ? 'shade' : 'far'
    const house: Piece[] = [{ path: box(x - half, top, x + half, FOOT * u), tone, opacity: 1 }]
    if (luck >= 0.4) house.push({ path: box(x - 2 * u, top - 46 * u, x + 2 * u, top), tone, opacity: 1 })
    const size = 9 * u
    for (let y = top + 3 * size; isNear && y < -size; y += 3.6 * size)
      for (const column of [-1, 0, 1])
        if (chance() < 0.34) {
          const middle = x + column * half * 0.58
          const path = box(middle - size / 2, y, middle + size / 2, y + size * 1.4)
          house.push({ path, tone: 'accent', opacity: 0.75 })
        }
    return house
  })
}

/** Isometric columns, back row first. */
export const columns: NearShape = (stage) => {
  const { u, tall, reach, isNear, chance } = stage
  const half = (isNear ? 62 : 40) * u
  const rise = half / 2
  return (isNear ? [1, 0] : [0]).flatMap((row) =>
    places(stage, 2 * half).flatMap((place): Piece[] => {
      const x = place.x - row * half
      const share = Math.max(0, x) / reach
      const y = -tall * (0.92 - 0.72 * share) * (0.55 + 0.45 * chance()) - row * rise
      // Parts hidden by the front row are not drawn.
      const foot = row === 0 ? FOOT * u : Math.min(FOOT * u, y + 0.5 * tall)
      const at = (...corners: Point[]) => polygon(corners.map(([dx, dy]) => [x + dx, dy]))
      const sides = at([-half, y], [0, y + rise], [half, y], [half, foot], [-half, foot])
      const left = at([-half, y], [0, y + rise], [0, foot], [-half, foot])
      const cap = at([0, y - rise], [half, y], [0, y + rise], [-half, y])
      const isBright = chance() < 0.36
      return [
        { path: sides, tone: isNear ? 'deep' : 'far', opacity: 1 },
        ...(isNear ? [{ path: left, tone: 'lit' as const, opacity: 0.2 }] : []),
        { path: cap, tone: isBright ? 'accent' : 'lit', opacity: isBright && isNear ? 0.95 : 0.5 },
      ]
    }),
  )
}

/** Sheets of paper with a lit edge. */
export const paper: NearShape = (stage) => {
  const edge = ridgeOf(stage)
  const wide = (stage.isNear ? 7 : 4) * stage.u
  return [
    ...sheet(stage, edge),
    ...sliced(edge, 5).map((part): Piece => {
      return { path: between(raised(part, -wide), part), tone: 'lit', opacity: 0.75 }
    }),
  ]
}

/** Slopes of a map with contour lines. */
export const slopes: NearShape = (stage) => {
  const { u, isNear } = stage
  const edge = ridgeOf(stage)
  const lines = [0, 1, 2, 3, 4].flatMap((level) => {
    const wide = (level === 0 ? 3.6 : 1.8) * u * (isNear ? 1.5 : 1)
    const at = edge.map(([x, y]): Point => [x, y * (1 - 0.19 * level)])
    return sliced(at, 5).map((part): Piece => {
      const path = between(raised(part, -wide / 2), raised(part, wide / 2))
      return { path, tone: 'accent', opacity: isNear ? 0.85 : 0.6 }
    })
  })
  return isNear ? [...sheet(stage, edge), ...lines] : lines
}

/** The area below an edge, in slices that are no taller than the edge there. */
function sheet({ u, isNear }: Stage, edge: readonly Point[]): Piece[] {
  return sliced(edge, 6).map((part) => {
    const [first = [0, 0], last = [0, 0]] = [part.at(0), part.at(-1)]
    // Slices overlap a little, so that nothing shows between them.
    const next: Point[] = [[last[0] - 2 * u, last[1]]]
    const path = polygon([...part, ...next, [last[0] - 2 * u, FOOT * u], [first[0], FOOT * u]])
    return { path, tone: isNear ? 'deep' : 'far', opacity: 1 }
  })
}

/** A wavy line that rises from the inside to the frame's edge and continues beyond it. */
function ridgeOf(stage: Stage): Point[] {
  const { u, tall, isNear, chance } = stage
  const [phase, second] = [2 * Math.PI * chance(), 2 * Math.PI * chance()]
  const length = (isNear ? 520 : 390) * u
  return places(stage, 14 * u).map(({ x, share }) => {
    const turn = (x / length) * 2 * Math.PI
    const wave = 0.13 * Math.sin(turn + phase) + 0.05 * Math.sin(turn * 2.3 + second)
    // Flat at its inner end.
    const risen = 0.5 + 0.5 * Math.cos(Math.PI * share)
    return [x, -tall * risen * (0.8 + wave)]
  })
}

/** Splits a line into parts of `steps` steps; each begins where the previous one ends. */
function sliced(points: readonly Point[], steps: number): Point[][] {
  const count = Math.ceil((points.length - 1) / steps)
  return Array.from({ length: count }, (_, index) => points.slice(index * steps, (index + 1) * steps + 1))
}

function raised(points: readonly Point[], by: number): Point[] {
  return points.map(([x, y]) => [x, y + by])
}
