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
/** Where captions may be. Upper edge: below the lettering of drawn scenes, wherever a pan moves it. */
const ALLOWED = {
  shorts: { left: 0.06, right: 0.85, top: 0.5, bottom: 0.7 },
  landscape: { left: 0.1, right: 0.9, top: 0.54, bottom: 0.95 },
  square: { left: 0.06, right: 0.94, top: 0.51, bottom: 0.95 },
}
/** Two full lines with letters that reach far above and below the line. */
const FULL = 'Ålgäjy pÇqj(gyj) Ñandú jgy, goggles pygmy hygiene.'

/** A text's first two-line caption, shown in the frames [from, to). */
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

  /**
   * Frames as RGB with each of the scripts drawn over them, by script. One process does all of them, as most of its time is
   * startup.
   * @param filters Applied to each picture afterwards.
   */
  const drawn = async (
    ffmpegPath: string,
    input: string[],
    scripts: readonly string[],
    format: Format,
    count: number,
    filters: readonly string[] = [],
  ): Promise<Buffer[][]> => {
    const { width, height } = FORMATS[format]
    const branches = await Promise.all(
      scripts.map(async (script, index) => {
        const file = path.join(folder, `${Math.random()}.ass`)
        await writeFile(file, script)
        const ass = `ass=filename=${filterValue(file)}:fontsdir=${filterValue(FONT_FOLDER)}:shaping=simple`
        return `[in${index}]${[ass, 'format=rgb24', ...filters].join(',')}[out${index}]`
      }),
    )
    const pads = (name: string) => scripts.map((_, index) => `[${name}${index}]`).join('')
    const graph = [
      `[0]scale=${width}:${height},setsar=1,format=rgb24,split=${scripts.length}${pads('in')}`,
      ...branches,
      `${pads('out')}vstack=inputs=${scripts.length}[all]`,
    ]
    const args = [
      ...['-nostdin', '-v', 'error', ...input, '-filter_complex', graph.join(';'), '-map', '[all]'],
      ...['-frames:v', `${count}`, '-vsync', '0', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
    ]
    const { stdout } = await run(ffmpegPath, args, { encoding: 'buffer', maxBuffer: 1 << 30 })
    const size = stdout.length / count / scripts.length
    return scripts.map((_, script) =>
      Array.from({ length: count }, (_, frame) => {
        const at = (frame * scripts.length + script) * size
        return stdout.subarray(at, at + size)
      }),
    )
  }

  const greens = new Map<string, Promise<Buffer[][]>>()
  /** The captions of every template over green, at full size and at the smallest size, drawn once per build and format. */
  const overGreen = (build: string, ffmpegPath: string, format: Format) => {
    const key = `${build} ${format}`
    const { width, height } = FORMATS[format]
    const scripts = TEMPLATE_NAMES.map((name) => {
      const template = TEMPLATES[name]
      const tiny = captionOf('HHH', format, template, [1, 2])
      const small = { ...tiny, scale: smallestScale(format, template) }
      return assScript([captionOf(FULL, format, template, [0, 1]), small], format, template)
    })
    const input = ['-f', 'lavfi', '-i', `color=c=0x00ff00:s=${width}x${height}:r=30`]
    const drawing = greens.get(key) ?? drawn(ffmpegPath, input, scripts, format, 2)
    greens.set(key, drawing)
    return drawing
  }

  const looks = FORMAT_NAMES.flatMap((format) => TEMPLATE_NAMES.map((name) => [format, name] as const))
  // Players' controls cover part of shorts; everything else is the same for both builds.
  it.each(
    BUILDS.flatMap(([build, ffmpeg]) =>
      looks
        .filter(([format]) => build === 'embedded' || format === 'shorts')
        .map(([format, name]) => ({ build, ffmpeg, format, name })),
    ),
  )(
    'stand where nothing covers them, and large enough: $build, $format, $name',
    async ({ build, ffmpeg, format, name }) => {
      const template = TEMPLATES[name]
      const { width, height } = FORMATS[format]
      // Over green, every other colour is the caption.
      const all = await overGreen(build, ffmpeg.ffmpegPath, format)
      const [full = Buffer.alloc(0), small = Buffer.alloc(0)] = all[TEMPLATE_NAMES.indexOf(name)] ?? []
      expect(full).toHaveLength(width * height * 3)
      const box = bounds(full, width, (r, g, b) => r > 6 || g < 249 || b > 6)
      const allowed = ALLOWED[format]
      expect(box.left / width).toBeGreaterThanOrEqual(allowed.left)
      expect(box.right / width).toBeLessThanOrEqual(allowed.right)
      expect(box.top / height).toBeGreaterThanOrEqual(allowed.top)
      expect(box.bottom / height).toBeLessThanOrEqual(allowed.bottom)
      expect(box.right - box.left).toBeGreaterThan(0.4 * width)

      const [r, g, b] = rgb(template.highlight ? template.highlight.box : template.colour)
      const letters = bounds(
        small,
        width,
        (red, green, blue) => (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2 < 170 ** 2,
      )
      // For templates with a tile, the tile is measured: capitals plus the margin around them.
      const { capHeight } = captionFont(template.weight)
      const em = (letters.bottom - letters.top) / (template.highlight ? capHeight + 0.4 : capHeight)
      expect(em).toBeGreaterThanOrEqual(0.045 * Math.min(width, height) - 0.7)
    },
  )

  describe('contrast', () => {
    /** For each template, the part of every picture that has captions. */
    let shown: Buffer[][]
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
        // Like a crowd or sunlit leaves: small bright and dark patches of all colours.
        plain((x, y) => `hsl(${(x * 37 + y * 91) % 360} 80% ${((x * 13 + y * 29) % 100).toFixed(0)}%)`),
        ...SCENE_KINDS.map((kind, index) =>
          drawPreview({ kind, number: index, seed: `s${index}`, format: 'shorts', sign: null }),
        ),
      ]
      await Promise.all(
        pictures.map(async (picture, index) =>
          writeFile(path.join(folder, `${String(index).padStart(2, '0')}.jpg`), await picture),
        ),
      )
      const count = pictures.length
      const [, ffmpeg] = BUILDS.at(-1) ?? BUILDS[0]
      const { width, height } = FORMATS.shorts
      const scripts = TEMPLATE_NAMES.map((name) => {
        const template = TEMPLATES[name]
        return assScript([captionOf(FULL, 'shorts', template, [0, count])], 'shorts', template)
      })
      const input = ['-framerate', '30', '-i', path.join(folder, '%02d.jpg')]
      const { top, bottom } = ALLOWED.shorts
      const part = `crop=${width}:${Math.round((bottom - top + 0.04) * height)}:0:${Math.round((top - 0.02) * height)}`
      shown = await drawn(ffmpeg.ffmpegPath, input, scripts, 'shorts', count, [part])
    })

    it.each(TEMPLATE_NAMES)('is at least 4.5:1 on any picture: %s', (name) => {
      const template = TEMPLATES[name]
      const { width } = FORMATS.shorts
      const frames = shown[TEMPLATE_NAMES.indexOf(name)] ?? []
      expect(frames).toHaveLength(4 + SCENE_KINDS.length)
      const [black = Buffer.alloc(0), white = Buffer.alloc(0)] = frames
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
      const around = ringOf(letters, width, black.length / 3)
      for (const [index, frame] of frames.entries()) {
        const text = percentile(luminances(frame, letters), 0.1)
        const behind = percentile(luminances(frame, around), 0.95)
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

/** The offsets of pixels exactly two or three away from letters: the background they are read against. */
function ringOf(letters: number[], width: number, pixels: number): number[] {
  const NEAR = 2
  const marks = new Uint8Array(pixels)
  const mark = (reach: number, as: number) => {
    for (const at of letters)
      for (let y = -reach; y <= reach; y++) {
        const middle = at / 3 + y * width
        marks.fill(as, middle - reach, middle + reach + 1)
      }
  }
  mark(3, 1)
  mark(1, NEAR)
  return [...marks.keys()].filter((pixel) => marks[pixel] === 1).map((pixel) => pixel * 3)
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

const LINEAR = Float64Array.from({ length: 256 }, (_, byte) =>
  byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
)

/** WCAG 2 relative luminance: 0 for black to 1 for white. */
function luminance(frame: Buffer, at: number): number {
  const linear = (offset: number) => LINEAR[frame[at + offset] ?? 0] ?? 0
  return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2)
}

function luminances(frame: Buffer, places: readonly number[]): Float64Array {
  return Float64Array.from(places, (at) => luminance(frame, at))
}

function percentile(values: Float64Array, share: number): number {
  return values.sort()[Math.floor(share * (values.length - 1))] ?? 0
}
