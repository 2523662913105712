import { type Canvas, createCanvas } from '@napi-rs/canvas'
import type { Format } from '../../../model/formats.ts'
import { type Easel, grain, settle } from './brush.ts'
import { paletteOf } from './drawn-over.ts'
import { pictureSize } from './picture-size.ts'
import { hash32, randomFrom } from './random.ts'
import type { SceneKind } from './scene-kinds.ts'
import { SCENES } from './scenes/all.ts'

export interface Picture {
  kind: SceneKind
  /** Decides everything that is left to chance. */
  number: number
  /** The draft's id; the palette is the same for all its pictures. */
  seed: string
  format: Format
}

/** Pixels on the longer side. */
const PREVIEW_SIDE = 480

/** The picture as a JPEG, 1.5 times the video's size. */
export function drawPicture(picture: Picture): Buffer {
  const { width, height } = pictureSize(picture.format)
  return paint(picture, width, height, 2.6).toBuffer('image/jpeg', 93)
}

/** The same picture, at most 480 pixels on a side. */
export function drawPreview(picture: Picture): Buffer {
  const { width, height } = pictureSize(picture.format)
  const scale = PREVIEW_SIDE / Math.max(width, height)
  const small = createCanvas(Math.round(width * scale), Math.round(height * scale))
  // Drawn at twice the size and shrunk, so that thin lines stay smooth.
  const large = paint(picture, small.width * 2, small.height * 2, 2)
  const x = small.getContext('2d')
  x.imageSmoothingQuality = 'high'
  x.drawImage(large, 0, 0, small.width, small.height)
  return small.toBuffer('image/jpeg', 88)
}

function paint(picture: Picture, w: number, h: number, noise: number): Canvas {
  const canvas = createCanvas(w, h)
  const x = canvas.getContext('2d')
  const easel: Easel = {
    x,
    w,
    h,
    u: Math.min(w, h) / 1000,
    palette: paletteOf(picture.seed),
    random: randomFrom(hash32(picture.number, picture.kind)),
  }
  x.save()
  SCENES[picture.kind](easel)
  x.restore()
  settle(easel)
  grain(canvas, x, picture.number, noise)
  return canvas
}
