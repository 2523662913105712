import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
import { type Colour, css, mix, type Palette } from './palette.ts'
import type { Random } from './random.ts'

/**
 * The canvas a scene is drawn on. All lengths derive from `w`, `h` and `u`, so that a small preview is the same picture.
 */
export interface Easel {
  x: SKRSContext2D
  w: number
  h: number
  /** A thousandth of the shorter side. */
  u: number
  palette: Palette
  random: Random
}

export type Scene = (easel: Easel) => void

/**
 * Where the brightest thing goes, as a share of the width: wide pictures have their lettering on the left, so it goes
 * right.
 */
export function focus({ w, h, random }: Easel, from: number, to: number): number {
  const place = random.between(from, to)
  return w > h ? 0.62 + (0.2 * (place - from)) / (to - from) : place
}

/** Fills everything with a vertical gradient of colours, evenly spaced unless places (0 to 1) are given. */
export function sky({ x, w, h }: Easel, colours: readonly Colour[], places?: readonly number[]): void {
  const gradient = x.createLinearGradient(0, 0, 0, h)
  addStops(gradient, colours, places)
  x.fillStyle = gradient
  x.fillRect(0, 0, w, h)
}

/** Adds stops between the colours too, because canvas itself blends in sRGB. */
export function addStops(
  gradient: { addColorStop(offset: number, colour: string): void },
  colours: readonly Colour[],
  places?: readonly number[],
): void {
  const last = colours.length - 1
  const placeOf = (i: number) => places?.[i] ?? i / Math.max(1, last)
  colours.forEach((colour, i) => {
    gradient.addColorStop(placeOf(i), css(colour))
    const next = colours[i + 1]
    if (!next) return
    for (let step = 1; step < 6; step++) {
      const share = step / 6
      gradient.addColorStop(placeOf(i) + (placeOf(i + 1) - placeOf(i)) * share, css(mix(colour, next, share)))
    }
  })
}

/** A soft light: strongest in the middle, fading to nothing at the radius without a visible edge. */
export function glow(
  { x }: Easel,
  colour: Colour,
  cx: number,
  cy: number,
  radius: number,
  alpha: number,
  mode: 'screen' | 'source-over' | 'multiply' = 'screen',
): void {
  const gradient = x.createRadialGradient(cx, cy, 0, cx, cy, radius)
  for (let step = 0; step <= 12; step++) {
    const r = step / 12
    gradient.addColorStop(r, css(colour, alpha * (1 - r * r) ** 2.5))
  }
  x.save()
  x.globalCompositeOperation = mode
  x.fillStyle = gradient
  x.fillRect(cx - radius, cy - radius, 2 * radius, 2 * radius)
  x.restore()
}

export function disc({ x }: Easel, cx: number, cy: number, radius: number): void {
  x.beginPath()
  x.arc(cx, cy, radius, 0, 2 * Math.PI)
}

/** The area below a line of heights, as a path; `heightAt` takes 0 to 1 across the picture. */
export function below({ x, w, h }: Easel, heightAt: (share: number) => number, steps = 160): void {
  x.beginPath()
  x.moveTo(0, h)
  for (let i = 0; i <= steps; i++) x.lineTo((i / steps) * w, heightAt(i / steps))
  x.lineTo(w, h)
  x.closePath()
}

/** A quiet background for abstract scenes: a dark gradient with two or three lights in it. */
export function backdrop(easel: Easel): void {
  const { w, h, palette, random } = easel
  sky(easel, [mix(palette.deep, palette.body, 0.75), mix(palette.deep, palette.body, 0.35), palette.deep])
  const reach = Math.max(w, h)
  glow(easel, palette.body, w * random.between(0, 0.4), h * random.between(0, 0.3), reach * 0.7, 0.7)
  glow(easel, palette.accent, w * random.between(0.6, 1.05), h * random.between(0.05, 0.4), reach * 0.5, 0.2)
}

/** Darkens the edges and the lower third, where white captions appear. */
export function settle(easel: Easel): void {
  const { x, w, h, palette } = easel
  const floor = x.createLinearGradient(0, h * 0.45, 0, h)
  for (let step = 0; step <= 8; step++) {
    const share = step / 8
    floor.addColorStop(
      share,
      css([palette.deep[0] * 0.55, palette.deep[1] * 0.8, palette.deep[2]], 0.64 * share ** 1.2),
    )
  }
  x.fillStyle = floor
  x.fillRect(0, h * 0.45, w, h * 0.55)
  const edge = x.createRadialGradient(
    w / 2,
    h * 0.45,
    Math.hypot(w, h) * 0.3,
    w / 2,
    h * 0.45,
    Math.hypot(w, h) * 0.62,
  )
  edge.addColorStop(0, 'rgba(0,0,0,0)')
  edge.addColorStop(0.5, 'rgba(0,0,0,0.08)')
  edge.addColorStop(1, 'rgba(0,0,0,0.34)')
  x.fillStyle = edge
  x.fillRect(0, 0, w, h)
}

/**
 * A film-like grain, for its look and against banding: 8-bit gradients this slow would show steps, which noise of more
 * than one step, added before the encoder quantises them, hides.
 */
export function grain(canvas: Canvas, x: SKRSContext2D, seed: number, strength: number): void {
  const image = x.getImageData(0, 0, canvas.width, canvas.height)
  const data = image.data
  let state = seed | 1
  for (let i = 0; i < data.length; i += 4) {
    // xorshift32; the sum of two bytes has a triangular distribution, which leaves no pattern.
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const noise = (((state & 255) + ((state >>> 8) & 255)) / 255 - 1) * strength
    data[i] = (data[i] ?? 0) + noise
    data[i + 1] = (data[i + 1] ?? 0) + noise
    data[i + 2] = (data[i + 2] ?? 0) + noise
  }
  x.putImageData(image, 0, 0)
}
