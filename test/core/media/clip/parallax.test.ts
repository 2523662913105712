import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clipJob, planClip } from '../../../../src/core/media/clip/clip.ts'
import { clipGraph } from '../../../../src/core/media/clip/clip-args.ts'
import { overlayOf } from '../../../../src/core/providers/embedded/drawn/drawn-over.ts'
import { drawPreview } from '../../../../src/core/providers/embedded/drawn/picture.ts'
import { SCENE_KINDS, type SceneKind } from '../../../../src/core/providers/embedded/drawn/scene-kinds.ts'
import { builds, openWorkshop, segment, storyboard, voiceFile, type Workshop } from '../material.ts'

const run = promisify(execFile)
const [[, ffmpeg]] = await builds()
/** A quarter of a film's size, and the number of frames over which movement is measured. */
const [WIDTH, HEIGHT, APART] = [270, 480, 5]
/** Frames of a clip with one shot. */
const FRAMES = 102
/** In pixels: the side of the squares searched for in the later frame, the step between squares, and the search radius. */
const [SIDE, STEP, FARTHEST] = [12, 8, 5]

/** Minimum mean squared difference to the next pixel, in the direction with the fewest edges. */
const EDGES = 3

let shop: Workshop
let speeds: Record<string, number[]>
beforeAll(async () => {
  shop = await openWorkshop(ffmpeg)
  const voice = await voiceFile(shop.file('voice.wav'), FRAMES, () => 0)
  const two = 2 * WIDTH * HEIGHT
  const [films, stdout] = await framesOfAll(voice)
  speeds = Object.fromEntries(
    films.map((kind, index) => {
      const frames = stdout.subarray(index * two, (index + 1) * two)
      return [kind, movements(frames.subarray(0, two / 2), frames.subarray(two / 2))]
    }),
  )
})
afterAll(() => shop.close())

/** Each scene as in a film, but smaller: two grey frames of each. One process, as most of its time is startup. */
async function framesOfAll(voice: string): Promise<[readonly SceneKind[], Buffer]> {
  const seed = 'draft_20260101_000000_abcd'
  const style = storyboard([], { format: 'shorts', seed, template: 'minimal' })
  const graphs = await Promise.all(
    SCENE_KINDS.map(async (kind, index) => {
      const file = shop.file(`${kind}.jpg`)
      await writeFile(file, await drawPreview({ kind, number: 7, seed, format: 'shorts', sign: null }))
      const scene = segment({
        ...{ text: '', voiceFile: voice, footageKind: 'image', duration: FRAMES / 30 },
        // Identified by name, so that its movement is the same each time.
        footageFile: `${kind}.jpg`,
        overlay: overlayOf(seed, 'shorts', `${kind}-0-1a2b3c4d-plain`, ''),
      })
      const plan = await planClip(shop.store, scene, style, FRAMES)
      const captionFile = shop.file(`${kind}.ass`)
      const files: [string, string] = [file, file]
      const job = await clipJob({
        ffmpeg,
        store: shop.store,
        segment: scene,
        style,
        plan,
        files,
        captionFile,
      })
      return clipGraph({ ...job, threads: 1, output: '' }, index, `v${index}`)
        .replaceAll(/\b1620([:x])2880\b/g, '405$1720')
        .replaceAll('1080x1920', `${WIDTH}x${HEIGHT}`)
        .replace(',ass=', `,select='eq(n,0)+eq(n,${APART})',trim=end_frame=2,ass=`)
    }),
  )
  const all = SCENE_KINDS.map((_, index) => `[v${index}]`).join('')
  const graph = [...graphs, `${all}concat=n=${graphs.length}:v=1:a=0,format=gray[all]`].join(';')
  const inputs = SCENE_KINDS.flatMap((kind) => ['-i', `file:${shop.file(`${kind}.jpg`)}`])
  const { stdout } = await run(
    ffmpeg.ffmpegPath,
    [
      ...['-nostdin', '-v', 'error', ...inputs, '-filter_complex', graph, '-map', '[all]'],
      ...['-vsync', '0', '-f', 'rawvideo', '-'],
    ],
    { encoding: 'buffer', maxBuffer: 1 << 28 },
  )
  return [SCENE_KINDS, stdout]
}

/** Offsets a square may have moved by, nearest first. */
const WAYS = range(-FARTHEST, FARTHEST)
  .flatMap((x) => range(-FARTHEST, FARTHEST).map((y) => ({ x, y, far: Math.hypot(x, y) })))
  .sort((a, b) => a.far - b.far)

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** How far squares of one frame have moved in the other, in pixels of these frames. */
function movements(before: Buffer, after: Buffer): number[] {
  const found: number[] = []
  for (let top = FARTHEST; top + SIDE + FARTHEST <= HEIGHT; top += STEP)
    for (let left = 0; left + SIDE <= WIDTH; left += STEP) {
      if (!isTextured(before, left, top)) continue
      const from = top * WIDTH + left
      // A square that another layer has covered is found nowhere; among equal matches, the nearest is the right one.
      let best = { cost: 4 * SIDE * SIDE, far: Number.NaN }
      for (const { x, y, far } of WAYS) {
        if (left + x < 0 || left + x + SIDE > WIDTH) continue
        const least = far * SIDE * 2
        const cost = least + differenceOf(before, after, from, from + y * WIDTH + x, best.cost - least)
        if (cost < best.cost) best = { cost, far }
      }
      if (!Number.isNaN(best.far)) found.push(best.far)
    }
  return found
}

/** Whether it has edges in more than one direction: along a single straight edge, movement can't be measured. */
function isTextured(frame: Buffer, left: number, top: number): boolean {
  let [across, down, both] = [0, 0, 0]
  for (let y = top; y < top + SIDE - 1; y++)
    for (let x = left; x < left + SIDE - 1; x++) {
      const at = y * WIDTH + x
      const here = frame[at] ?? 0
      const [dx, dy] = [(frame[at + 1] ?? 0) - here, (frame[at + WIDTH] ?? 0) - here]
      across += dx * dx
      down += dy * dy
      both += dx * dy
    }
  // The eigenvalues of the structure tensor.
  const [middle, spread] = [(across + down) / 2, Math.hypot((across - down) / 2, both)]
  return middle - spread > EDGES * SIDE * SIDE && middle - spread > 0.06 * (middle + spread)
}

function differenceOf(before: Buffer, after: Buffer, from: number, to: number, limit: number): number {
  let sum = 0
  for (let y = 0; y < SIDE && sum < limit; y++)
    for (let x = 0; x < SIDE; x++)
      sum += Math.abs((before[from + y * WIDTH + x] ?? 0) - (after[to + y * WIDTH + x] ?? 0))
  return sum
}

it.each(SCENE_KINDS)('%s: layers move at speeds that are clearly different', (kind) => {
  const all = speeds[kind] ?? []
  const moving = (from: number, to: number) => all.filter((far) => far >= from && far < to).length
  // The picture itself, the layer in front of it, and the nearest layer: about 0 to 1, 2 and 4.
  expect(moving(0, 1.6)).toBeGreaterThan(20)
  expect(moving(1.6, 3.3)).toBeGreaterThan(3)
  expect(moving(3.3, Number.POSITIVE_INFINITY)).toBeGreaterThan(3)
})
