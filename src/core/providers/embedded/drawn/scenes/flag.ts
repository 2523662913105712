import { createCanvas, type Image } from '@napi-rs/canvas'
import type { Easel } from '../brush.ts'

/** Height of the waves as a share of the cloth's longer side, and how many there are across it. */
const WAVE = { height: 0.022, count: 1.35 }

/**
 * A flag in the wind, in front of whatever was painted first: covering all of a wide picture, and as a band across other
 * formats, where all of it stays visible.
 */
export function waveFlag({ x, w, h, random }: Easel, flag: Image): void {
  const width = w > h ? w * 1.04 : w * 1.06
  const height = width * 0.75
  const left = (w - width) / 2
  const top = (w > h ? h * 0.47 : h * 0.36) - height / 2
  const cloth = createCanvas(Math.round(width), Math.round(height))
  const c = cloth.getContext('2d')
  c.drawImage(flag, 0, 0, cloth.width, cloth.height)
  const amplitude = width * WAVE.height
  const phase = random.between(0, 2 * Math.PI)
  const strip = 2
  for (let at = 0; at < cloth.width; at += strip) {
    const angle = phase + (at / cloth.width) * 2 * Math.PI * WAVE.count
    // Fixed on the left, where it moves least.
    const freedom = 0.35 + (0.65 * at) / cloth.width
    const y = top + Math.sin(angle) * amplitude * freedom
    x.drawImage(cloth, at, 0, strip, cloth.height, left + at, y, strip + 1, height)
    const light = Math.cos(angle) * freedom
    x.fillStyle =
      light > 0
        ? `rgba(255,255,255,${(light * 0.16).toFixed(3)})`
        : `rgba(0,0,0,${(-light * 0.3).toFixed(3)})`
    x.fillRect(left + at, y, strip + 0.5, height)
  }
}
