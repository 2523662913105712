import { createCanvas } from '@napi-rs/canvas'
import { backdrop, disc, type Easel, glow, sky } from '../brush.ts'
import { type Colour, css, darker, mix } from '../palette.ts'

/** Lights out of focus. */
export function bokeh(easel: Easel): void {
  const { x, w, h, u, palette, random } = easel
  sky(
    easel,
    [palette.deep, mix(palette.deep, palette.body, 0.4), mix(palette.deep, palette.body, 0.7), palette.deep],
    [0, 0.3, 0.58, 1],
  )
  glow(easel, palette.accent, w * random.between(0.2, 0.8), h * 0.55, Math.max(w, h) * 0.42, 0.35)
  const lights = Math.round(70 * Math.max(1, w / h))
  const slope = random.between(-0.12, 0.12)
  for (let light = 0; light < lights; light++) {
    const near = light / lights
    const across = random.next()
    const middle = 0.56 + slope * (across - 0.5)
    const py = h * (middle + (random.next() + random.next() - 1) * (0.2 + 0.14 * near))
    const size = u * (12 + 105 * near ** 2 * random.between(0.5, 1.15))
    const tone = mix(
      random.pick([palette.accent, palette.accent, palette.second, palette.light]),
      palette.accent,
      random.next() * 0.4,
    )
    const alpha = random.between(0.2, 0.62) * (1 - 0.5 * near) * (py < h * 0.42 ? 0.55 : 1)
    glow(easel, tone, w * across, py, size * 1.9, alpha * 0.6)
    x.save()
    x.globalCompositeOperation = 'screen'
    const fill = x.createRadialGradient(w * across, py, 0, w * across, py, size)
    fill.addColorStop(0, css(tone, alpha * 0.62))
    fill.addColorStop(0.82, css(tone, alpha * 0.85))
    fill.addColorStop(0.94, css(mix(tone, palette.light, 0.4), alpha * 1.25))
    fill.addColorStop(1, css(tone, 0))
    x.fillStyle = fill
    disc(easel, w * across, py, size)
    x.fill()
    x.restore()
  }
}

/** A poster of plain shapes on a grid, below an empty field. */
export function poster(easel: Easel): void {
  const { x, w, h, palette, random } = easel
  sky(easel, [mix(palette.deep, palette.body, 0.55), mix(palette.deep, palette.body, 0.8), palette.deep])
  glow(easel, palette.body, w * 0.3, h * 0.2, Math.max(w, h) * 0.5, 0.7)
  const columns = w > h ? 12 : w === h ? 6 : 5
  const cell = w / columns
  const first = Math.round((h * 0.5) / cell)
  const grounds: [Colour, ...Colour[]] = [
    palette.body,
    palette.deep,
    mix(palette.deep, palette.body, 0.5),
    mix(palette.body, palette.accent, 0.25),
  ]
  const inks: [Colour, ...Colour[]] = [
    palette.accent,
    palette.second,
    palette.accent,
    mix(palette.light, palette.second, 0.25),
    mix(palette.body, palette.accent, 0.5),
  ]
  for (let row = first; row * cell < h; row++) {
    for (let column = 0; column < columns; column++) {
      // The edge of the field is ragged, so that the shapes seem to grow into it.
      const omitted = random.next()
      if (row === first && omitted < 0.55) continue
      const ground = random.pick(grounds)
      const ink = random.pick(
        inks.filter((colour) => Math.abs(colour[0] - ground[0]) > 0.15) as [Colour, ...Colour[]],
      )
      x.save()
      x.translate((column + 0.5) * cell, (row + 0.5) * cell)
      x.rotate((Math.PI / 2) * random.whole(0, 3))
      x.beginPath()
      x.rect(-cell / 2 - 0.5, -cell / 2 - 0.5, cell + 1, cell + 1)
      x.clip()
      x.fillStyle = css(ground)
      x.fill()
      shape(x, random.whole(0, 8), cell, ink, ground)
      x.restore()
    }
  }
}

/** Contour lines on an imaginary map. */
export function contours(easel: Easel): void {
  const { x, w, h, u, palette, random } = easel
  const columns = Math.round((110 * w) / Math.min(w, h))
  const rows = Math.round((110 * h) / Math.min(w, h))
  const zoom = 1.7 / Math.min(columns, rows)
  const field = Float64Array.from({ length: (columns + 1) * (rows + 1) }, (_, i) => {
    const [cx, cy] = [i % (columns + 1), Math.floor(i / (columns + 1))]
    return random.fractal(cx * zoom, cy * zoom, 3) * 0.45 + 0.5 - 0.25 * Math.abs(cy / rows - 0.58)
  })
  const at = (cx: number, cy: number) => field[cy * (columns + 1) + cx] ?? 0
  tint(easel, columns, rows, at)
  for (let level = 0; level < 20; level++) {
    const value = level / 20
    const strong = level % 4 === 0
    x.strokeStyle = css(mix(palette.accent, palette.light, value), strong ? 0.78 : 0.32)
    x.lineWidth = u * (strong ? 2.6 : 1.4)
    x.lineCap = 'round'
    x.beginPath()
    trace(x, columns, rows, at, value, w / columns, h / rows)
    x.stroke()
  }
}

/** A rotated screen of dots whose size follows a slow wave. */
export function halftone(easel: Easel): void {
  const { x, w, h, u, palette, random } = easel
  backdrop(easel)
  glow(easel, palette.accent, w * random.between(0.25, 0.75), h * 0.58, Math.max(w, h) * 0.45, 0.45)
  const step = u * random.between(25, 31)
  const turn = random.between(0.35, 0.6)
  const reach = Math.ceil(Math.hypot(w, h) / step / 2)
  const phase = random.between(0, 6)
  for (let row = -reach; row <= reach; row++) {
    for (let column = -reach; column <= reach; column++) {
      const px = w / 2 + (column * Math.cos(turn) - row * Math.sin(turn)) * step
      const py = h / 2 + (column * Math.sin(turn) + row * Math.cos(turn)) * step
      if (px < -step || px > w + step || py < -step || py > h + step) continue
      const wave =
        0.5 + 0.5 * Math.sin(phase + (px / w) * 5 + random.noise((px / w) * 2.2, (py / w) * 2.2) * 3.4)
      const band = Math.exp(-(((py / h - 0.57 - 0.06 * Math.sin(phase + (px / w) * 4)) / 0.16) ** 2))
      const size = step * 0.56 * Math.min(1, band * (0.25 + 0.95 * wave) + 0.05)
      x.fillStyle = css(
        mix(mix(palette.body, palette.accent, Math.min(1, band * 1.3)), palette.second, wave * band * 0.7),
        0.5 + 0.5 * band,
      )
      disc(easel, px, py, size)
      x.fill()
    }
  }
}

function shape(x: Easel['x'], kind: number, cell: number, ink: Colour, ground: Colour): void {
  const r = cell / 2
  x.fillStyle = css(ink)
  x.beginPath()
  if (kind === 0) x.arc(-r, -r, cell, 0, Math.PI / 2)
  else if (kind === 1) x.arc(-r, 0, r, -Math.PI / 2, Math.PI / 2)
  else if (kind === 2) x.arc(0, 0, r * 0.66, 0, 2 * Math.PI)
  else if (kind === 3) x.arc(0, 0, r * 0.96, 0, 2 * Math.PI)
  else if (kind === 4) for (let i = 0; i < 3; i++) x.rect(-r, -r + (i * cell) / 3, cell, cell / 6)
  else if (kind === 7)
    for (let i = 0; i < 9; i++) {
      x.moveTo((i % 3) * cell * 0.3 - cell * 0.3 + cell * 0.075, Math.floor(i / 3) * cell * 0.3 - cell * 0.3)
      x.arc(
        (i % 3) * cell * 0.3 - cell * 0.3,
        Math.floor(i / 3) * cell * 0.3 - cell * 0.3,
        cell * 0.075,
        0,
        2 * Math.PI,
      )
    }
  if (kind === 0) x.lineTo(-r, -r)
  if (kind === 5 || kind === 8) {
    x.moveTo(-r, -r)
    x.lineTo(r, r)
    x.lineTo(-r, r)
  }
  if (kind === 6) {
    x.moveTo(-r, r)
    x.arcTo(-r, -r, r, -r, cell)
    x.lineTo(r, -r)
    x.arcTo(r, r, -r, r, cell)
  }
  x.fill()
  if (kind !== 3) return
  x.fillStyle = css(ground)
  x.beginPath()
  x.arc(0, 0, r * 0.44, 0, 2 * Math.PI)
  x.fill()
}

/** The ground between the lines, coloured by height and shaded from the upper left. */
function tint(
  { x, w, h, palette }: Easel,
  columns: number,
  rows: number,
  at: (cx: number, cy: number) => number,
): void {
  const canvas = createCanvas(columns, rows)
  const small = canvas.getContext('2d')
  for (let cy = 0; cy < rows; cy++) {
    for (let cx = 0; cx < columns; cx++) {
      const value = Math.min(1, Math.max(0, at(cx, cy)))
      const slope = (at(cx + 1, cy + 1) - at(cx, cy)) * 6
      const tone = mix(
        mix(palette.deep, palette.body, Math.min(1, value * 1.7)),
        palette.accent,
        Math.max(0, value - 0.62) * 1.3,
      )
      small.fillStyle = css(darker(tone, Math.min(1.25, Math.max(0.6, 0.95 + slope))))
      small.fillRect(cx, cy, 1, 1)
    }
  }
  x.imageSmoothingEnabled = true
  x.imageSmoothingQuality = 'high'
  x.drawImage(canvas, 0, 0, w, h)
}

/** Marching squares: adds the contour line of one value to the current path. */
function trace(
  x: Easel['x'],
  columns: number,
  rows: number,
  at: (cx: number, cy: number) => number,
  value: number,
  width: number,
  height: number,
): void {
  for (let cy = 0; cy < rows; cy++) {
    for (let cx = 0; cx < columns; cx++) {
      const corners = [at(cx, cy), at(cx + 1, cy), at(cx + 1, cy + 1), at(cx, cy + 1)]
      const points: [number, number][] = []
      for (let side = 0; side < 4; side++) {
        const [a, b] = [corners[side] ?? 0, corners[(side + 1) % 4] ?? 0]
        if (a < value === b < value) continue
        const t = (value - a) / (b - a)
        const [px, py] = [
          [t, 0],
          [1, t],
          [1 - t, 1],
          [0, 1 - t],
        ][side] ?? [0, 0]
        points.push([(cx + (px ?? 0)) * width, (cy + (py ?? 0)) * height])
      }
      for (let i = 0; i + 1 < points.length; i += 2) {
        x.moveTo(...(points[i] ?? [0, 0]))
        x.lineTo(...(points[i + 1] ?? [0, 0]))
      }
    }
  }
}
