import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { FORMAT_NAMES, type Format } from '../../../../../src/core/model/formats.ts'
import { css, PALETTE_COUNT, paletteFor } from '../../../../../src/core/providers/embedded/drawn/palette.ts'
import { drawPreview } from '../../../../../src/core/providers/embedded/drawn/picture.ts'
import { SCENE_KINDS } from '../../../../../src/core/providers/embedded/drawn/scene-kinds.ts'

async function preview(kind: (typeof SCENE_KINDS)[number], format: Format, seed = 'seed') {
  const image = await loadImage(await drawPreview({ kind, number: 7, seed, format, sign: null }))
  const canvas = createCanvas(image.width, image.height)
  const x = canvas.getContext('2d')
  x.drawImage(image, 0, 0)
  return {
    width: image.width,
    height: image.height,
    data: x.getImageData(0, 0, image.width, image.height).data,
  }
}

const LINEAR = Float64Array.from({ length: 256 }, (_, byte) =>
  byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
)

/** Relative luminance as WCAG 2 defines it, 0 to 1. */
function luminance(data: Uint8ClampedArray, at: number): number {
  const linear = (byte = 0) => LINEAR[byte] ?? 0
  return 0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2])
}

describe.each(SCENE_KINDS)('%s', (kind) => {
  it.each(FORMAT_NAMES)('has light and shade, and is dark behind the captions of %s', async (format) => {
    for (const seed of [kind.length % 3]) {
      const { width, height, data } = await preview(kind, format, `seed ${seed}`)
      const all = Float64Array.from({ length: width * height }, (_, i) => luminance(data, i * 4))
      const lower = all.subarray(Math.floor(height * 0.66) * width, Math.floor(height * 0.9) * width)
      const mean = lower.reduce((sum, value) => sum + value, 0) / lower.length
      // White on the mean of the background behind the captions: at least 4.5 : 1, WCAG's contrast for text.
      expect(1.05 / (mean + 0.05)).toBeGreaterThan(4.5)
      const [lightest, darkest] = all.reduce(
        ([high, low], value) => [Math.max(high, value), Math.min(low, value)],
        [0, 1],
      )
      expect((lightest ?? 0) - (darkest ?? 0)).toBeGreaterThan(0.1)
    }
  })
})

describe('palettes', () => {
  it('are dark where captions stand and inside sRGB', () => {
    for (let number = 0; number < PALETTE_COUNT; number++) {
      const palette = paletteFor(number)
      expect(palette.deep[0]).toBeLessThan(0.25)
      expect(palette.body[0]).toBeLessThan(0.5)
      expect(css(palette.accent)).toMatch(/^rgba\(\d{1,3},\d{1,3},\d{1,3},1\.0000\)$/)
    }
    expect(paletteFor(3)).toBe(paletteFor(3 + PALETTE_COUNT))
  })
})
