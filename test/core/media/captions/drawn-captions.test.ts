import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { createCanvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assScript } from '../../../../src/core/media/captions/ass.ts'
import { type Caption, planCaptions, smallestScale } from '../../../../src/core/media/captions/captions.ts'
import { captionFont, FONT_FOLDER } from '../../../../src/core/media/captions/fonts.ts'
import { TEMPLATE_NAMES, TEMPLATES, type Template } from '../../../../src/core/media/captions/templates.ts'
import { filterValue } from '../../../../src/core/media/ffmpeg/ffmpeg-args.ts'
import { FORMAT_NAMES, FORMATS, type Format } from '../../../../src/core/model/formats.ts'
import { drawPreview } from '../../../../src/core/providers/embedded/drawn/picture.ts'
import { SCENE_KINDS } from '../../../../src/core/providers/embedded/drawn/scene-kinds.ts'
import { builds } from '../material.ts'

const run = promisify(execFile)
const BUILDS = await builds()
/** Where captions may be; of the upper edge: below what stands as lettering in drawn scenes, wherever a pan moves it. */
const ALLOWED = {
  shorts: { left: 0.06, right: 0.85, top: 0.5, bottom: 0.7 },
  landscape: { left: 0.1, right: 0.9, top: 0.54, bottom: 0.95 },
  square: { left: 0.06, right: 0.94, top: 0.51, bottom: 0.95 },
}
/** Two full lines with letters that reach far up and down. */
const FULL = 'Ålgäjy pÇqj(gyj) Ñandú jgy, goggles pygmy hygiene.'

/** A text's first caption of two lines, shown in the frames [from, to). */
function captionOf(text: string, format: Format, template: Template, [from, to]: [number, number]): Caption {
  const captions = planCaptions({
    text,
    language: 'en',
    words: [],
    frames: 90,
    speechEnd: 3,
    format,
    template,
  })
  const caption = captions.find(({ lines }) => lines.length === 2) ?? captions[0]
  if (!caption) throw new Error('There is no caption.')
  const lines = caption.lines.map((line) => ({
    ...line,
    words: line.words.map((word, index) => ({ ...word, from: index === 0 ? from : to, to })),
  }))
  return { ...caption, lines, from, to }
}

describe('drawn captions', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rushes captions-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** Frames as RGB, with a script drawn over them. */
  const frames = async (
    ffmpegPath: string,
    input: string[],
    script: string,
    format: Format,
    count: number,
  ) => {
    const file = path.join(folder, `${Math.random()}.ass`)
    await writeFile(file, script)
    const { width, height } = FORMATS[format]
    const filter = `scale=${width}:${height},setsar=1,format=rgb24,ass=filename=${filterValue(file)}:fontsdir=${filterValue(FONT_FOLDER)}:shaping=simple,format=rgb24`
    const args = [
      ...['-nostdin', '-v', 'error', ...input, '-vf', filter, '-frames:v', `${count}`, '-vsync', '0'],
      ...['-f', 'rawvideo', '-'],
    ]
    const { stdout } = await run(ffmpegPath, args, { encoding: 'buffer', maxBuffer: 1 << 30 })
    const size = width * height * 3
    return Array.from({ length: count }, (_, index) => stdout.subarray(index * size, (index + 1) * size))
  }

  const looks = FORMAT_NAMES.flatMap((format) => TEMPLATE_NAMES.map((name) => [format, name] as const))
  // Players' controls lie over shorts; the rest is the same for both builds.
  it.each(
    BUILDS.flatMap(([build, ffmpeg]) =>
      looks
        .filter(([format]) => build === 'embedded' || format === 'shorts')
        .map(([format, name]) => ({ build, ffmpeg, format, name })),
    ),
  )(
    'stand where nothing covers them, and large enough: $build, $format, $name',
    async ({ ffmpeg, format, name }) => {
      const template = TEMPLATES[name]
      const { width, height } = FORMATS[format]
      const tiny = captionOf('HHH', format, template, [1, 2])
      const script = assScript(
        [captionOf(FULL, format, template, [0, 1]), { ...tiny, scale: smallestScale(format, template) }],
        format,
        template,
      )
      // Over green, anything else is the caption.
      const input = ['-f', 'lavfi', '-i', `color=c=0x00ff00:s=${width}x${height}:r=30`]
      const [full = Buffer.alloc(0), small = Buffer.alloc(0)] = await frames(
        ffmpeg.ffmpegPath,
        input,
        script,
        format,
        2,
      )
      const box = bounds(full, width, (r, g, b) => r > 6 || g < 249 || b > 6)
      const allowed = ALLOWED[format]
      expect(box.left / width).toBeGreaterThanOrEqual(allowed.left)
      expect(box.right / width).toBeLessThanOrEqual(allowed.right)
      expect(box.top / height).toBeGreaterThanOrEqual(allowed.top)
      expect(box.bottom / height).toBeLessThanOrEqual(allowed.bottom)
      expect(box.right - box.left).toBeGreaterThan(0.4 * width)

      const [r, g, b] = rgb(template.highlight ? template.highlight.box : template.colour)
      const letters = bounds(small, width, (...at) => Math.hypot(at[0] - r, at[1] - g, at[2] - b) < 170)
      // What is measured is the tile where there is one: capitals and the margin around them.
      const { capHeight } = captionFont(template.weight)
      const em = (letters.bottom - letters.top) / (template.highlight ? capHeight + 0.4 : capHeight)
      expect(em).toBeGreaterThanOrEqual(0.045 * Math.min(width, height) - 0.7)
    },
  )

  describe('contrast', () => {
    let count = 0
    beforeAll(async () => {
      const plain = (paint: (x: number, y: number) => string) => {
        const canvas = createCanvas(270, 480)
        const x = canvas.getContext('2d')
        for (let row = 0; row < 480; row += 6)
          for (let column = 0; column < 270; column += 6) {
            x.fillStyle = paint(column, row)
            x.fillRect(column, row, 6, 6)
          }
        return canvas.toBuffer('image/jpeg', 95)
      }
      const pictures = [
        plain(() => '#000000'),
        plain(() => '#ffffff'),
        plain(() => '#808080'),
        // Like a crowd or leaves in the sun: small bright and dark patches of all colours.
        plain((x, y) => `hsl(${(x * 37 + y * 91) % 360} 80% ${((x * 13 + y * 29) % 100).toFixed(0)}%)`),
        ...SCENE_KINDS.map((kind, index) =>
          drawPreview({ kind, number: index, seed: `s${index}`, format: 'shorts', sign: null }),
        ),
      ]
      count = pictures.length
      await Promise.all(
        pictures.map(async (picture, index) =>
          writeFile(path.join(folder, `${String(index).padStart(2, '0')}.jpg`), await picture),
        ),
      )
    })

    it.each(TEMPLATE_NAMES)('is at least 4.5:1 on any picture: %s', async (name) => {
      const template = TEMPLATES[name]
      const [, ffmpeg] = BUILDS.at(-1) ?? []
      const { width } = FORMATS.shorts
      const script = assScript([captionOf(FULL, 'shorts', template, [0, count])], 'shorts', template)
      const input = ['-framerate', '30', '-i', path.join(folder, '%02d.jpg')]
      const shown = await frames(ffmpeg?.ffmpegPath ?? '', input, script, 'shorts', count)
      const [black = Buffer.alloc(0), white = Buffer.alloc(0)] = shown
      const [r, g, b] = rgb(template.colour)
      const isLetter = (frame: Buffer, at: number) =>
        Math.abs((frame[at] ?? 0) - r) +
          Math.abs((frame[at + 1] ?? 0) - g) +
          Math.abs((frame[at + 2] ?? 0) - b) <
        18
      const letters: number[] = []
      for (let at = 0; at < black.length; at += 3)
        if (isLetter(black, at) && isLetter(white, at)) letters.push(at)
      expect(letters.length).toBeGreaterThan(5000)
      const around = ringOf(letters, width)
      for (const [index, frame] of shown.entries()) {
        const text = percentile(
          letters.map((at) => luminance(frame, at)),
          0.1,
        )
        const behind = percentile(
          around.map((at) => luminance(frame, at)),
          0.95,
        )
        expect((text + 0.05) / (behind + 0.05), `${index}`).toBeGreaterThanOrEqual(4.5)
      }
    })

    it('is at least 4.5:1 for the word that is being spoken', () => {
      for (const name of TEMPLATE_NAMES) {
        const { highlight }: Template = TEMPLATES[name]
        if (!highlight) continue
        const [text, tile] = [highlight.colour, highlight.box].map((colour) =>
          luminance(Buffer.from(rgb(colour)), 0),
        )
        expect(((tile ?? 0) + 0.05) / ((text ?? 1) + 0.05)).toBeGreaterThanOrEqual(4.5)
      }
    })
  })
})

/** The offsets of pixels two or three away from letters, and not nearer: what they are read against. */
function ringOf(letters: number[], width: number): number[] {
  const near = new Set<number>()
  const ring = new Set<number>()
  for (const at of letters)
    for (let y = -1; y <= 1; y++) for (let x = -1; x <= 1; x++) near.add(at + (y * width + x) * 3)
  for (const at of letters)
    for (let y = -3; y <= 3; y++)
      for (let x = -3; x <= 3; x++) {
        const to = at + (y * width + x) * 3
        if (!near.has(to)) ring.add(to)
      }
  return [...ring]
}

function bounds(frame: Buffer, width: number, isShown: (r: number, g: number, b: number) => boolean) {
  const box = { left: width, right: 0, top: Number.POSITIVE_INFINITY, bottom: 0 }
  for (let at = 0; at < frame.length; at += 3) {
    if (!isShown(frame[at] ?? 0, frame[at + 1] ?? 0, frame[at + 2] ?? 0)) continue
    const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)]
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x + 1)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y + 1)
  }
  return box
}

function rgb(colour: string): [number, number, number] {
  const at = (start: number) => Number.parseInt(colour.slice(start, start + 2), 16)
  return [at(1), at(3), at(5)]
}

/** Of WCAG 2: 0 for black to 1 for white. */
function luminance(frame: Buffer, at: number): number {
  const linear = (offset: number) => {
    const value = (frame[at + offset] ?? 0) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2)
}

function percentile(values: number[], share: number): number {
  return values.sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0
}
