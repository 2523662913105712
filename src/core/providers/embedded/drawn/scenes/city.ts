import { addStops, disc, type Easel, focus, glow, sky } from '../brush.ts'
import { type Colour, css, darker, mix } from '../palette.ts'
import { stars } from './space.ts'

/** Towers in three depths with lit windows, and a large moon behind the haze. */
export function skyline(easel: Easel): void {
  const { x, w, h, u, palette, random } = easel
  const haze = mix(palette.body, palette.accent, 0.55)
  sky(
    easel,
    [palette.deep, palette.body, haze, mix(palette.accent, palette.second, 0.4)],
    [0, 0.34, 0.6, 0.8],
  )
  stars(easel, 90, 0.4)
  const moon = { x: w * focus(easel, 0.26, 0.74), y: h * 0.545, r: u * random.between(125, 165) }
  glow(easel, palette.accent, moon.x, moon.y, moon.r * 3.6, 0.5)
  x.fillStyle = css(mix(palette.light, palette.accent, 0.28))
  disc(easel, moon.x, moon.y, moon.r)
  x.fill()
  for (const [layer, far] of [1, 0.6, 0.25, 0].entries()) {
    const tone = mix(darker(palette.deep, 0.62), mix(haze, palette.body, 0.45), far * 0.85)
    const wide = u * (40 + 22 * layer)
    const base = h * (0.76 + 0.07 * layer)
    for (let left = -wide * random.next(); left < w; ) {
      const width = wide * random.between(0.7, 1.7)
      const swell = 0.62 + 0.38 * random.noise((left / w) * 3.1 + layer * 9.1, layer)
      const tall = h * (h > w ? 0.205 : 0.27) * swell * random.between(0.55, 1.25) * (1 - 0.09 * layer)
      tower(easel, left, base - tall, width, h - base + tall, tone, far, layer)
      left += width * random.between(1.0, layer < 2 ? 1.06 : 1.28)
    }
    const mist = x.createLinearGradient(0, base - h * 0.2, 0, base + h * 0.06)
    mist.addColorStop(0, css(haze, 0))
    mist.addColorStop(1, css(haze, 0.42 * far))
    x.fillStyle = mist
    x.fillRect(0, base - h * 0.2, w, h)
  }
}

/** Isometric columns that rise towards the back like a model town or a chart. */
export function blocks(easel: Easel): void {
  const { x, w, h, palette, random } = easel
  sky(
    easel,
    [palette.deep, mix(palette.deep, palette.body, 0.85), palette.body, palette.deep],
    [0, 0.35, 0.6, 1],
  )
  glow(easel, palette.accent, w * random.between(0.3, 0.7), h * 0.5, Math.max(w, h) * 0.42, 0.42)
  const half = Math.min(w, h) * random.between(0.052, 0.064)
  const rise = half * 0.5
  const top = h * 0.62
  const columns = Math.ceil(w / half / 2) + 2
  const rows = Math.ceil((h - top) / rise) + 26
  const peak = focus(easel, 0.3, 0.7)
  for (let row = -2; row < rows; row++) {
    for (let column = -1; column < columns; column++) {
      const px = (column * 2 + (row % 2 === 0 ? 0 : 1)) * half
      const py = top + row * rise
      const swell = Math.exp(-(((px / w - peak) / 0.34) ** 2)) * Math.exp(-(((row - 3) / 9) ** 2))
      const level = Math.max(0, random.fractal(px / half / 5, row / 5, 2) * 0.55 + 0.45)
      const tall = half * (0.3 + 1.5 * level + 3.9 * swell * level * random.between(0.55, 1.3))
      const colourful = random.next()
      const tone =
        colourful < 0.1
          ? palette.accent
          : colourful < 0.17
            ? palette.second
            : mix(palette.body, palette.deep, random.between(0, 0.5))
      // Farther columns are hazy, nearer ones are in the shade under the captions.
      const shaded = mix(tone, palette.deep, Math.min(0.72, Math.max(0, (row - 2) / 16)))
      column3d(x, px, py, half, rise, tall, shaded, palette.light)
    }
  }
}

function tower(
  easel: Easel,
  left: number,
  top: number,
  width: number,
  tall: number,
  tone: Colour,
  far: number,
  layer: number,
): void {
  const { x, u, palette, random } = easel
  const face = x.createLinearGradient(0, top, 0, top + tall)
  addStops(face, [mix(tone, palette.accent, 0.1 * far), tone, darker(tone, 0.9)])
  x.fillStyle = face
  const roof = random.whole(0, 5)
  x.beginPath()
  x.moveTo(left, top + tall)
  x.lineTo(left, top)
  if (roof === 0) x.lineTo(left + width, top - width * 0.38)
  else if (roof === 1) x.lineTo(left + width / 2, top - width * 0.45)
  x.lineTo(left + width, top)
  x.lineTo(left + width, top + tall)
  x.fill()
  if (roof === 2) x.fillRect(left + width * 0.2, top - width * 0.22, width * 0.6, width * 0.25)
  if (roof === 3) {
    x.fillRect(left + width * 0.28, top - width * 0.16, width * 0.44, width * 0.2)
    x.fillRect(left + width * 0.485, top - width * 0.8, width * 0.03, width * 0.7)
  }
  if (layer === 0) return
  const columns = Math.max(3, Math.round(width / (u * 13)))
  const step = width / (columns + 0.6)
  const dark = random.between(0.5, 0.86)
  for (let row = 1; row * step * 1.35 < Math.min(tall, u * 330); row++) {
    for (let column = 0; column < columns; column++) {
      if (random.next() < dark) continue
      const glowing = mix(palette.accent, palette.light, 0.15 + random.next() * 0.6)
      x.fillStyle = css(glowing, random.between(0.25, 0.9) * (1 - 0.45 * far))
      x.fillRect(left + step * (column + 0.5), top + row * step * 1.35, step * 0.52, step * 0.74)
    }
  }
}

function column3d(
  x: Easel['x'],
  px: number,
  py: number,
  half: number,
  rise: number,
  tall: number,
  tone: Colour,
  light: Colour,
): void {
  const y = py - tall
  const foot = y + tall + half * 3
  const side = (direction: 1 | -1, colours: readonly Colour[]) => {
    const fill = x.createLinearGradient(0, y, 0, y + tall + half * 2)
    addStops(fill, colours)
    x.fillStyle = fill
    x.beginPath()
    x.moveTo(px, y + rise)
    x.lineTo(px + direction * half, y)
    x.lineTo(px + direction * half, foot)
    x.lineTo(px, foot)
    x.fill()
  }
  side(-1, [darker(tone, 0.8), darker(tone, 0.55)])
  side(1, [darker(tone, 0.58), darker(tone, 0.36)])
  const cap = x.createLinearGradient(px - half, 0, px + half, 0)
  addStops(cap, [mix(tone, light, 0.3), mix(tone, light, 0.08)])
  x.fillStyle = cap
  x.beginPath()
  x.moveTo(px, y - rise)
  x.lineTo(px + half, y)
  x.lineTo(px, y + rise)
  x.lineTo(px - half, y)
  x.fill()
}
