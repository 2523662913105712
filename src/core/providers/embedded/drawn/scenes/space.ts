import { addStops, disc, type Easel, glow, sky } from '../brush.ts'
import { css, darker, mix } from '../palette.ts'

/** A planet lit from one side, its ring and moons, in front of a nebula. */
export function planets(easel: Easel): void {
  const { x, w, h, u, palette, random } = easel
  sky(easel, [
    darker(palette.deep, 0.75),
    palette.deep,
    mix(palette.deep, palette.body, 0.3),
    darker(palette.deep, 0.7),
  ])
  const reach = Math.max(w, h)
  glow(easel, palette.body, w * random.between(0.1, 0.4), h * random.between(0.1, 0.4), reach * 0.55, 0.75)
  glow(easel, palette.accent, w * random.between(0.5, 0.9), h * random.between(0.3, 0.6), reach * 0.4, 0.22)
  stars(easel, 320, 1)
  const side = w > h ? 1 : random.pick([-1, 1])
  const r = Math.min(w, h) * random.between(0.3, 0.38)
  const px = w * (0.5 + side * random.between(0.12, 0.24))
  const py = h * (h > w ? 0.63 : 0.72)
  const light = { x: px - side * r * 0.55, y: py - r * 0.55 }
  glow(easel, palette.accent, px, py, r * 1.75, 0.4)
  const tilt = -side * random.between(0.22, 0.42)
  ring(easel, px, py, r, tilt, true)

  const body = x.createRadialGradient(light.x, light.y, r * 0.05, px, py, r * 1.02)
  addStops(
    body,
    [mix(palette.second, palette.light, 0.35), palette.accent, palette.body, darker(palette.deep, 0.6)],
    [0, 0.38, 0.72, 1],
  )
  x.save()
  disc(easel, px, py, r)
  x.clip()
  x.fillStyle = body
  x.fillRect(px - r, py - r, 2 * r, 2 * r)
  x.translate(px, py)
  x.rotate(tilt)
  for (let band = -9; band <= 9; band++) {
    x.fillStyle = css(band % 2 ? palette.deep : palette.light, random.between(0.02, 0.1))
    x.beginPath()
    x.ellipse(0, (band / 9) * r, r * 1.1, r * random.between(0.02, 0.07), 0, 0, 2 * Math.PI)
    x.fill()
  }
  x.restore()
  ring(easel, px, py, r, tilt, false)
  const moon = {
    x: px - side * r * random.between(1.25, 1.4),
    y: py - r * random.between(0.55, 0.9),
    r: u * random.between(26, 42),
  }
  const shade = x.createRadialGradient(
    moon.x - side * moon.r * 0.5,
    moon.y - moon.r * 0.5,
    0,
    moon.x,
    moon.y,
    moon.r,
  )
  addStops(shade, [palette.light, palette.second, darker(palette.body, 0.7)], [0, 0.45, 1])
  x.fillStyle = shade
  disc(easel, moon.x, moon.y, moon.r)
  x.fill()
}

/** Nodes connected to their neighbours: a network, or a constellation. */
export function constellation(easel: Easel): void {
  const { x, w, h, u, palette, random } = easel
  sky(easel, [
    palette.deep,
    mix(palette.deep, palette.body, 0.55),
    mix(palette.deep, palette.body, 0.2),
    darker(palette.deep, 0.8),
  ])
  glow(easel, palette.body, w * random.between(0.2, 0.8), h * 0.52, Math.max(w, h) * 0.5, 0.8)
  glow(easel, palette.accent, w * random.between(0.2, 0.8), h * 0.55, Math.max(w, h) * 0.3, 0.25)
  stars(easel, 180, 0.9)
  const cell = u * 112
  const nodes: { x: number; y: number; weight: number }[] = []
  for (let row = -1; row * cell < h + cell; row++) {
    for (let column = -1; column * cell < w + cell; column++) {
      const node = {
        x: (column + random.between(0.05, 0.95)) * cell,
        y: (row + random.between(0.05, 0.95)) * cell,
      }
      const kept = random.next()
      const weight = Math.exp(-(((node.y / h - 0.54) / 0.17) ** 2))
      if (kept < 0.12 + 0.86 * weight) nodes.push({ ...node, weight: 0.22 + 0.78 * weight })
    }
  }
  for (const [i, a] of nodes.entries()) {
    for (const b of nodes.slice(i + 1)) {
      const near = 1 - Math.hypot(a.x - b.x, a.y - b.y) / (cell * 1.55)
      if (near <= 0) continue
      x.strokeStyle = css(
        mix(palette.second, palette.light, 0.4),
        0.7 * near ** 0.7 * Math.min(a.weight, b.weight),
      )
      x.lineWidth = u * (0.9 + 1.3 * near)
      x.beginPath()
      x.moveTo(a.x, a.y)
      x.lineTo(b.x, b.y)
      x.stroke()
    }
  }
  for (const node of nodes) {
    const hub = random.next() < 0.16
    const tone = hub ? palette.accent : mix(palette.second, palette.light, random.next() * 0.7)
    const size = u * (hub ? random.between(9, 17) : random.between(2.6, 6.5)) * (0.6 + 0.4 * node.weight)
    glow(easel, tone, node.x, node.y, size * (hub ? 6 : 4), 0.55 * node.weight)
    x.fillStyle = css(mix(tone, palette.light, hub ? 0.15 : 0.4), 0.35 + 0.65 * node.weight)
    disc(easel, node.x, node.y, size)
    x.fill()
  }
}

/** Small and tiny lights in the upper part, which ends at `share` of the height. */
export function stars({ x, w, h, u, palette, random }: Easel, count: number, share: number): void {
  for (let star = 0; star < count * Math.max(1, w / h); star++) {
    const y = random.next()
    const size = u * (0.7 + 2.1 * random.next() ** 5)
    x.fillStyle = css(palette.light, random.between(0.2, 0.85) * (1 - y) ** 0.6)
    x.beginPath()
    x.arc(w * random.next(), h * share * y, size, 0, 2 * Math.PI)
    x.fill()
  }
}

/** One half of a ring seen at an angle: the far half goes behind the planet, the near one in front. */
function ring({ x, palette, u }: Easel, px: number, py: number, r: number, tilt: number, far: boolean): void {
  x.save()
  x.translate(px, py)
  x.rotate(tilt)
  x.lineCap = 'butt'
  for (let i = 0; i < 26; i++) {
    const t = i / 25
    const alpha = (0.5 - 0.42 * Math.abs(t - 0.45)) * (i % 9 === 6 ? 0.15 : 1) * (far ? 0.6 : 1)
    x.strokeStyle = css(mix(palette.second, palette.light, 0.55 - 0.4 * t), alpha)
    x.lineWidth = r * 0.021 + u * 0.2
    x.beginPath()
    const radius = r * (1.28 + 0.5 * t)
    x.ellipse(0, 0, radius, radius * 0.24, 0, far ? Math.PI : 0, far ? 2 * Math.PI : Math.PI)
    x.stroke()
  }
  x.restore()
}
