import { type Canvas, createCanvas, loadImage, Path2D } from '@napi-rs/canvas'
import type { Format } from '../../../model/formats.ts'
import { type Easel, grain, settle } from './brush.ts'
import { paletteOf, type Sign } from './drawn-over.ts'
import { flagSvg } from './flags.ts'
import { ICON_SIDE, iconPaths, isIcon } from './icons.ts'
import { css, darker, mix, type Palette } from './palette.ts'
import { pictureSize } from './picture-size.ts'
import { hash32, randomFrom } from './random.ts'
import type { SceneKind } from './scene-kinds.ts'
import { SCENES } from './scenes/all.ts'
import { waveFlag } from './scenes/flag.ts'

export interface Picture {
  kind: SceneKind
  /** Seeds everything that is left to chance. */
  number: number
  /** The draft's id; all its pictures share a palette. */
  seed: string
  format: Format
  /** An icon is only drawn in previews: in a film it is laid over the picture. */
  sign: Sign | null
}

/** Pixels on the longer side. */
const PREVIEW_SIDE = 480

/** The picture as a JPEG, 1.5 times the video's size. */
export async function drawPicture(picture: Picture): Promise<Buffer> {
  const { width, height } = pictureSize(picture.format)
  return (await paint(picture, width, height, 2.6)).toBuffer('image/jpeg', 93)
}

/** The same picture, at most 480 pixels on a side. */
export async function drawPreview(picture: Picture): Promise<Buffer> {
  const { width, height } = pictureSize(picture.format)
  const scale = PREVIEW_SIDE / Math.max(width, height)
  const small = createCanvas(Math.round(width * scale), Math.round(height * scale))
  // Drawn at twice the size and scaled down, so that thin lines stay smooth.
  const large = await paint(picture, small.width * 2, small.height * 2, 2)
  const { sign, seed } = picture
  if (sign?.kind === 'icon' && isIcon(sign.name)) paintIcon(large, sign.name, paletteOf(seed))
  const x = small.getContext('2d')
  x.imageSmoothingQuality = 'high'
  x.drawImage(large, 0, 0, small.width, small.height)
  return small.toBuffer('image/jpeg', 88)
}

/** At about the same place as in a film. */
function paintIcon(canvas: Canvas, icon: string, palette: Palette): void {
  const { width, height } = canvas
  const side = Math.min(width, height) * 0.46
  const x = canvas.getContext('2d')
  const shade = x.createRadialGradient(width / 2, height * 0.36, 0, width / 2, height * 0.36, side * 0.8)
  shade.addColorStop(0, css(darker(palette.deep, 0.6), 0.45))
  shade.addColorStop(1, css(darker(palette.deep, 0.6), 0))
  x.fillStyle = shade
  x.fillRect(0, 0, width, height)
  x.translate(width / 2 - side / 2, height * 0.36 - side / 2)
  x.scale(side / ICON_SIDE, side / ICON_SIDE)
  for (const { data, opacity } of iconPaths(icon)) {
    x.fillStyle = css(opacity < 1 ? palette.accent : mix(palette.light, [1, 0, 0], 0.45))
    x.fill(new Path2D(data))
  }
}

async function paint(picture: Picture, w: number, h: number, noise: number): Promise<Canvas> {
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
  const flag = picture.sign?.kind === 'flag' ? flagSvg(picture.sign.name) : null
  if (flag) waveFlag(easel, await loadImage(flag))
  settle(easel)
  grain(canvas, x, picture.number, noise)
  return canvas
}
