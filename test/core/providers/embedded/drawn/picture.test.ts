import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { FORMAT_NAMES, type Format } from '../../../../../src/core/model/formats.ts'
import { settable } from '../../../../../src/core/providers/embedded/drawn/lettering.ts'
import { css, PALETTE_COUNT, paletteFor } from '../../../../../src/core/providers/embedded/drawn/palette.ts'
import { drawPreview } from '../../../../../src/core/providers/embedded/drawn/picture.ts'
import { SCENE_KINDS } from '../../../../../src/core/providers/embedded/drawn/scene-kinds.ts'

async function preview(kind: (typeof SCENE_KINDS)[number], format: Format, keyword: string, seed = 'seed') {
  const image = await loadImage(drawPreview({ kind, number: 7, seed, format, keyword }))
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
      const { width, height, data } = await preview(kind, format, '', `seed ${seed}`)
      const all = Array.from({ length: width * height }, (_, i) => luminance(data, i * 4))
      const lower = all.slice(Math.floor(height * 0.66) * width, Math.floor(height * 0.9) * width)
      const mean = lower.reduce((sum, value) => sum + value, 0) / lower.length
      // White on the mean of what is behind the captions: at least 4.5 : 1, WCAG's contrast for text.
      expect(1.05 / (mean + 0.05)).toBeGreaterThan(4.5)
      const [lightest, darkest] = all.reduce(
        ([high, low], value) => [Math.max(high, value), Math.min(low, value)],
        [0, 1],
      )
      expect((lightest ?? 0) - (darkest ?? 0)).toBeGreaterThan(0.1)
    }
  })
})

it('keeps the lettering above the captions and off the edges that a zoom crops', async () => {
  for (const format of FORMAT_NAMES) {
    for (const seed of ['seed 0', 'seed 7']) {
      const bare = await preview('bokeh', format, '', seed)
      for (const keyword of [
        'W',
        '가나다라마바사 '.repeat(30),
        'x'.repeat(200),
        'Donaudampfschifffahrtsgesellschaft 12',
      ]) {
        const set = await preview('bokeh', format, keyword, seed)
        const white = (data: Uint8ClampedArray, i: number) => luminance(data, i * 4)
        const changed = Array.from({ length: bare.width * bare.height }, (_, i) => i).filter(
          (i) => white(set.data, i) - white(bare.data, i) > 0.3,
        )
        const rows = changed.map((i) => Math.floor(i / bare.width) / bare.height)
        const columns = changed.map((i) => (i % bare.width) / bare.width)
        expect(changed.length).toBeGreaterThan(20)
        expect(Math.min(...rows)).toBeGreaterThan(0.08)
        expect(Math.max(...rows)).toBeLessThan(0.56)
        expect(Math.min(...columns)).toBeGreaterThan(0.1)
        expect(Math.max(...columns)).toBeLessThan(0.9)
      }
    }
  }
})

describe('settable', () => {
  it('leaves out emoji and words of which letters are missing, as captions do', () => {
    expect(settable('Honey 🍯 bees 👩‍🚀👍🏽🇰🇷 1️⃣ ❤️')).toBe('Honey bees')
    expect(settable('The 木漏れ日, shown')).toBe('The, shown')
  })

  it('shortens visibly at a word', () => {
    const text = settable('the quick brown fox jumps over the lazy dog and '.repeat(5).slice(0, 200))
    expect(text).toMatch(/ [a-z]+…$/)
    expect([...text].length).toBeLessThanOrEqual(64)
    expect(settable('가'.repeat(200))).toBe(`${'가'.repeat(63)}…`)
  })

  it('keeps what the font has and leaves out the rest', () => {
    expect(settable('  Café\n№ 5 🍵  녹차 ')).toBe('Café № 5 녹차')
    expect(settable('🍵')).toBe('')
    expect(settable('!?')).toBe('')
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
