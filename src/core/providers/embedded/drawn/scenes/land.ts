import { addStops, below, disc, type Easel, focus, glow, sky } from '../brush.ts'
import { type Colour, css, darker, mix } from '../palette.ts'
import { stars } from './space.ts'

/** Ridges one behind another in the evening light, with mist between them. */
export function hills(easel: Easel): void {
  const { x, w, h, u, palette, random } = easel
  const evening = mix(palette.body, palette.accent, 0.6)
  sky(
    easel,
    [palette.deep, palette.body, evening, mix(palette.accent, palette.second, 0.6)],
    [0, 0.32, 0.52, 0.66],
  )
  stars(easel, 70, 0.3)
  const sun = {
    x: w * focus(easel, 0.24, 0.76),
    y: h * random.between(0.5, 0.55),
    r: u * random.between(85, 135),
  }
  glow(easel, palette.accent, sun.x, sun.y, sun.r * 6, 0.6)
  glow(easel, palette.light, sun.x, sun.y, sun.r * 2.4, 0.45)
  x.fillStyle = css(mix(palette.light, palette.accent, 0.3))
  disc(easel, sun.x, sun.y, sun.r)
  x.fill()

  const layers = random.whole(5, 7)
  const farthest = mix(palette.body, palette.accent, 0.3)
  for (let layer = 0; layer < layers; layer++) {
    const near = layer / (layers - 1)
    const base = h * (0.575 + 0.33 * near ** 1.15)
    const rough = h * (0.05 + 0.035 * near)
    const stretch = (2.4 - 1.2 * near) * Math.max(1, w / h)
    const ridge = (share: number) => {
      const n = random.fractal(share * stretch + layer * 31.7, layer * 5.3, 5)
      // Far ranges are peaked, near hills are round.
      return base - rough * ((1 - near) * (1 - 2 * Math.abs(n)) * 1.2 + near * n * 1.3)
    }
    const tone = mix(farthest, darker(palette.deep, 0.72), near ** 0.75)
    below(easel, ridge, 420)
    const fill = x.createLinearGradient(0, base - rough * 1.5, 0, base + h * 0.16)
    addStops(fill, [
      mix(tone, palette.accent, 0.12 * (1 - near)),
      tone,
      mix(tone, farthest, 0.5 * (1 - near)),
    ])
    x.fillStyle = fill
    x.fill()
    if (near > 0.55) pines(easel, ridge, darker(tone, 0.97), 7 + 16 * near)
  }
  x.lineWidth = u
}

/** A low sun over water and its broken reflection. */
export function sea(easel: Easel): void {
  const { x, w, h, u, palette, random } = easel
  const horizon = h * random.between(0.555, 0.585)
  const warm = mix(palette.accent, palette.second, 0.5)
  sky(
    easel,
    [palette.deep, palette.body, mix(palette.body, palette.accent, 0.65), warm],
    [0, 0.3, 0.47, horizon / h],
  )
  const sun = { x: w * focus(easel, 0.3, 0.7), r: u * random.between(105, 150) }
  const sunY = horizon - sun.r * random.between(0.1, 0.5)
  for (let band = 0; band < 9; band++) {
    cloud(easel, w * random.next(), horizon - h * random.between(0.02, 0.36), w * random.between(0.12, 0.34))
  }
  glow(easel, palette.accent, sun.x, sunY, sun.r * 7, 0.6)
  x.fillStyle = css(mix(palette.light, palette.accent, 0.28))
  disc(easel, sun.x, sunY, sun.r)
  x.fill()

  const water = x.createLinearGradient(0, horizon, 0, h)
  addStops(
    water,
    [
      mix(palette.body, palette.accent, 0.45),
      mix(palette.body, palette.deep, 0.35),
      palette.deep,
      darker(palette.deep, 0.7),
    ],
    [0, 0.12, 0.5, 1],
  )
  x.fillStyle = water
  x.fillRect(0, horizon, w, h - horizon)
  x.fillStyle = css(palette.light, 0.35)
  x.fillRect(0, horizon, w, u * 1.2)
  for (let wave = 0; wave < 520; wave++) {
    const depth = random.next() ** 1.6
    const y = horizon + (h - horizon) * depth
    const spread = sun.r * (0.75 + 1.9 * depth)
    const offset = (random.next() + random.next() + random.next() - 1.5) * spread
    const lit = Math.exp(-((offset / spread) ** 2) * 2)
    const length = u * (10 + 110 * depth) * random.between(0.4, 1.2)
    x.fillStyle = css(
      mix(palette.accent, palette.light, 0.2 + lit * 0.5),
      (0.1 + 0.55 * lit) * (1 - 0.65 * depth),
    )
    x.beginPath()
    x.ellipse(sun.x + offset, y, length, u * (0.7 + 5 * depth), 0, 0, 2 * Math.PI)
    x.fill()
  }
  for (let wave = 0; wave < 260; wave++) {
    const depth = random.next() ** 1.4
    x.fillStyle = css(wave % 2 ? palette.body : darker(palette.deep, 0.7), 0.28)
    x.beginPath()
    x.ellipse(
      w * random.next(),
      horizon + (h - horizon) * depth,
      u * (14 + 150 * depth),
      u * (0.6 + 3 * depth),
      0,
      0,
      2 * Math.PI,
    )
    x.fill()
  }
  sail(
    easel,
    w * (sun.x > w / 2 ? random.between(0.2, 0.32) : random.between(0.68, 0.8)),
    horizon + u * 6,
    u * random.between(46, 70),
  )
}

/** Large leaves reaching in from below, with a pale sun behind them. */
export function leaves(easel: Easel): void {
  const { x, w, h, u, palette, random } = easel
  sky(easel, [
    mix(palette.deep, palette.body, 0.35),
    mix(palette.deep, palette.body, 0.9),
    palette.body,
    palette.deep,
  ])
  const side = w > h ? 1 : random.pick([-1, 1])
  const sun = { x: w * (0.5 + side * 0.2), y: h * 0.5, r: Math.min(w, h) * random.between(0.17, 0.22) }
  glow(easel, palette.accent, sun.x, sun.y, sun.r * 3.6, 0.5)
  x.fillStyle = css(mix(palette.accent, palette.second, 0.4))
  disc(easel, sun.x, sun.y, sun.r)
  x.fill()
  const stems = Math.round(7 * Math.max(1, w / h))
  for (let stem = 0; stem < stems * 2; stem++) {
    const near = Math.floor(stem / stems)
    const place = ((stem % stems) + random.between(0.1, 0.9)) / stems
    const tall = h * (near ? random.between(0.26, 0.4) : random.between(0.36, 0.52))
    const tone = near
      ? mix(palette.deep, palette.body, random.between(0.05, 0.3))
      : mix(
          palette.body,
          random.pick([palette.accent, palette.second, palette.body]),
          random.between(0.1, 0.42),
        )
    frond(
      easel,
      w * place,
      h * 1.02,
      tall,
      random.between(-0.35, 0.35),
      near ? darker(tone, 0.85) : tone,
      near ? 1.25 : 1,
    )
  }
  x.lineWidth = u
}

function frond(
  easel: Easel,
  rootX: number,
  rootY: number,
  tall: number,
  lean: number,
  tone: Colour,
  size: number,
): void {
  const { x, u, palette, random } = easel
  const at = (t: number) => ({ x: rootX + Math.sin(lean * t * 1.4) * tall * t * 0.8, y: rootY - tall * t })
  x.strokeStyle = css(tone)
  x.lineWidth = u * 4 * size
  x.lineCap = 'round'
  x.beginPath()
  for (let i = 0; i <= 20; i++) x.lineTo(at(i / 20).x, at(i / 20).y)
  x.stroke()
  const pairs = 8
  for (let pair = 1; pair <= pairs; pair++) {
    const t = 0.1 + (0.9 * pair) / pairs
    const length = tall * 0.3 * Math.sin(Math.PI * (0.18 + 0.76 * (1 - t) ** 0.8)) * size
    for (const turn of pair === pairs ? [0] : [-1, 1]) {
      leaf(
        easel,
        at(t).x,
        at(t).y,
        length,
        lean * t * 1.6 + turn * random.between(0.75, 0.95),
        tone,
        palette.light,
      )
    }
  }
}

function leaf(
  { x, u }: Easel,
  px: number,
  py: number,
  length: number,
  angle: number,
  tone: Colour,
  vein: Colour,
): void {
  x.save()
  x.translate(px, py)
  x.rotate(angle)
  const fill = x.createLinearGradient(-length * 0.2, 0, length * 0.2, 0)
  addStops(fill, [mix(tone, vein, 0.1), tone, darker(tone, 0.82)])
  x.fillStyle = fill
  x.beginPath()
  x.moveTo(0, 0)
  x.bezierCurveTo(length * 0.34, -length * 0.25, length * 0.26, -length * 0.78, 0, -length)
  x.bezierCurveTo(-length * 0.26, -length * 0.78, -length * 0.34, -length * 0.25, 0, 0)
  x.fill()
  x.strokeStyle = css(mix(tone, vein, 0.4), 0.5)
  x.lineWidth = u * 1.2
  x.beginPath()
  x.moveTo(0, -length * 0.04)
  x.lineTo(0, -length * 0.88)
  x.stroke()
  x.restore()
}

/** A wood on a ridge: irregular triangles, denser where the noise is high. */
function pines(
  { x, w, u, random }: Easel,
  ridge: (share: number) => number,
  tone: Colour,
  size: number,
): void {
  x.fillStyle = css(tone)
  const step = (size * 0.5 * u) / w
  for (let share = -0.01; share < 1.01; share += step * random.between(0.6, 1.5)) {
    if (random.noise(share * 7, size) < -0.12) continue
    const tall = u * size * random.between(0.9, 2.3)
    const y = ridge(share) + u * size * 0.4
    const half = tall * 0.21
    x.beginPath()
    x.moveTo(share * w, y - tall)
    x.lineTo(share * w + half, y)
    x.lineTo(share * w - half, y)
    x.fill()
  }
}

function cloud(easel: Easel, cx: number, cy: number, half: number): void {
  const { x, palette, random } = easel
  const tone = mix(palette.accent, palette.light, 0.3)
  x.save()
  x.translate(cx, cy)
  x.scale(1, 0.06)
  glow(easel, tone, 0, 0, half, random.between(0.12, 0.34))
  x.restore()
}

function sail({ x, palette, u }: Easel, px: number, py: number, tall: number): void {
  x.fillStyle = css(darker(palette.deep, 0.75))
  x.beginPath()
  x.moveTo(px, py - tall)
  x.quadraticCurveTo(px + tall * 0.42, py - tall * 0.4, px + tall * 0.4, py - tall * 0.16)
  x.lineTo(px, py - tall * 0.16)
  x.moveTo(px - tall * 0.06, py - tall * 0.85)
  x.lineTo(px - tall * 0.06, py - tall * 0.16)
  x.lineTo(px - tall * 0.3, py - tall * 0.16)
  x.fill()
  x.beginPath()
  x.moveTo(px - tall * 0.4, py - tall * 0.11)
  x.lineTo(px + tall * 0.46, py - tall * 0.11)
  x.lineTo(px + tall * 0.3, py + u * 2)
  x.lineTo(px - tall * 0.26, py + u * 2)
  x.fill()
}
