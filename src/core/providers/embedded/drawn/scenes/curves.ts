import { backdrop, disc, type Easel, focus, glow } from '../brush.ts'
import { type Colour, css, darker, mix } from '../palette.ts'

/** Arcs around a bright core, each with its own width and sweep. */
export function rings(easel: Easel): void {
  const { x, w, h, u, palette, random } = easel
  backdrop(easel)
  const cx = w * focus(easel, 0.34, 0.66)
  const cy = h * random.between(0.54, 0.6)
  const step = u * random.between(30, 40)
  const reach = Math.hypot(w, h) * 0.62
  glow(easel, palette.accent, cx, cy, reach * 0.6, 0.5)
  x.lineCap = 'round'
  for (let r = step * 2.4; r < reach; r += step) {
    const fade = (1 - r / reach) ** 1.4
    x.strokeStyle = css(palette.light, 0.1 * fade + 0.02)
    x.lineWidth = u
    disc(easel, cx, cy, r)
    x.stroke()
    for (let arc = 0; arc < random.whole(1, 3); arc++) {
      const from = random.between(0, 2 * Math.PI)
      const tone = mix(
        random.pick([palette.accent, palette.second, palette.body, palette.light]),
        palette.body,
        1 - fade ** 0.5,
      )
      x.strokeStyle = css(tone, 0.2 + 0.75 * fade)
      x.lineWidth = step * random.pick([0.08, 0.16, 0.3, 0.5, 0.62])
      x.beginPath()
      x.arc(cx, cy, r, from, from + random.between(0.25, 1.9))
      x.stroke()
    }
  }
  glow(easel, palette.light, cx, cy, step * 4.5, 0.7)
  x.fillStyle = css(mix(palette.light, palette.second, 0.25))
  disc(easel, cx, cy, step * 1.25)
  x.fill()
}

/** Bands of silk: many thin strips between two slow curves. */
export function ribbons(easel: Easel): void {
  const { x, w, h, palette, random } = easel
  backdrop(easel)
  const count = random.whole(3, 4)
  for (let ribbon = 0; ribbon < count; ribbon++) {
    const middle = 0.47 + 0.26 * (ribbon / (count - 1))
    const curve = (offset: number) => {
      const turns = random.between(0.55, 1.15)
      const start = random.between(0, 2 * Math.PI)
      const swing = random.between(0.05, 0.1)
      return (s: number) =>
        h *
        (middle +
          offset +
          swing * Math.sin(start + s * turns * 2 * Math.PI) +
          0.03 * Math.sin(start * 3 + s * 9))
    }
    const upper = curve(-0.05)
    const lower = curve(0.06)
    const colours = random.pick<[Colour, Colour]>([
      [palette.accent, palette.body],
      [palette.second, palette.accent],
      [palette.body, palette.accent],
    ])
    const strips = 46
    for (let strip = 0; strip < strips; strip++) {
      const t = strip / strips
      const sheen = 0.5 + 0.5 * Math.sin(t * Math.PI * 3 + ribbon * 2)
      const tone = mix(mix(colours[0], colours[1], t), palette.light, 0.28 * sheen ** 3)
      const edge = (share: number, at: number) => upper(share) + (lower(share) - upper(share)) * at
      const across = x.createLinearGradient(0, 0, w, 0)
      const alphas = [0.15, 0.75, 0.5, 0.85, 0.25]
      alphas.forEach((alpha, i) => {
        const place = (i / 4 + 0.13 * Math.sin(ribbon * 3 + t * 2) + 1) % 1
        across.addColorStop(
          i === 0 ? 0 : i === 4 ? 1 : Math.min(0.98, Math.max(0.02, place)),
          css(darker(tone, 0.55 + 0.45 * alpha), alpha),
        )
      })
      x.fillStyle = across
      x.beginPath()
      for (let i = 0; i <= 90; i++) x.lineTo((i / 90) * w, edge(i / 90, t))
      for (let i = 90; i >= 0; i--) x.lineTo((i / 90) * w, edge(i / 90, t + 1.15 / strips))
      x.fill()
    }
  }
}

/** Sheets of paper with a hole each, one behind another down to a lit one. */
export function papercut(easel: Easel): void {
  const { x, w, h, u, palette, random } = easel
  const cx = w * focus(easel, 0.4, 0.6)
  const cy = h * 0.56
  const core = mix(palette.accent, palette.second, 0.3)
  x.fillStyle = css(core)
  x.fillRect(0, 0, w, h)
  glow(easel, palette.light, cx, cy, Math.min(w, h) * 0.3, 0.5)
  x.fillStyle = css(mix(palette.light, palette.accent, 0.25))
  disc(easel, cx, cy + u * 20, u * random.between(55, 75))
  x.fill()
  const sheets = 7
  for (let sheet = 0; sheet < sheets; sheet++) {
    const near = sheet / (sheets - 1)
    const size = 0.2 + 0.62 * near ** 1.25
    const tone =
      near < 0.45
        ? mix(palette.accent, palette.body, (near / 0.45) * 0.8 + 0.2)
        : mix(palette.body, palette.deep, (near - 0.45) / 0.55)
    x.save()
    x.shadowColor = css(darker(palette.deep, 0.4), 0.6)
    x.shadowBlur = u * 34
    x.shadowOffsetY = u * 14
    x.fillStyle = css(tone)
    x.beginPath()
    x.rect(-w, -h, w * 3, h * 3)
    for (let i = 0; i <= 180; i++) {
      // Opposite to the rectangle's direction, so that the inside stays open.
      const angle = -(i / 180) * 2 * Math.PI
      const [dx, dy] = [Math.cos(angle), Math.sin(angle)]
      const wobble = 1 + 0.26 * random.fractal(dx * 1.15 + sheet * 0.23 + 5, dy * 1.15 + sheet * 0.17, 2)
      const px = cx + dx * w * size * wobble * (h > w ? 0.86 : 0.62)
      const py = cy + dy * h * size * wobble * (h > w ? 0.52 : 0.72)
      if (i === 0) x.moveTo(px, py)
      else x.lineTo(px, py)
    }
    x.closePath()
    x.fill()
    x.restore()
  }
}
