import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { makeFilm, playedDraft, playerPage, type Seen } from '../../../factories/player-page.ts'
import { sharedBrowser } from '../../../factories/studio.ts'
import { toneWav } from '../../../servers/tone-wav.ts'

const COLOURS = ['#c00000', '#00a000', '#0000c0', '#c0a000']
/** Seconds of each segment. */
const LENGTH = 0.5

const open = sharedBrowser()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-player-'))
  const file = (name: string) => path.join(folder, name)
  await makeFilm(folder, { colours: COLOURS, seconds: LENGTH, size: '180x320' })
  for (const index of COLOURS.keys()) await writeFile(file(`voice${index}.wav`), toneWav(LENGTH))
  const still = { create: { width: 90, height: 160, channels: 3, background: '#888' } } as const
  await sharp(still).png().toFile(file('still.png'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const draftOf = (clips: (string | null)[], sound?: string | null) => playedDraft(clips, LENGTH, sound)

const ALL = COLOURS.map((_, index) => `clip${index}.mp4`)

async function player(draft: unknown) {
  const { origin, asked, close } = await playerPage(folder)
  onTestFinished(close)
  const { page, faults } = await open(`${origin}/player`)
  await page.waitForFunction('window.isReady')
  const run = <T>(script: string) => page.evaluate<T>(script)
  const show = (next: unknown) => run<void>(`show(${JSON.stringify(next)})`)
  await show(draft)
  const seen = () => run<Seen>('seen()')
  const clip = (index: number) => `/media/clip${index}.mp4`
  return {
    ...{ page, faults, asked, run, show, seen, clip },
    sampled: (until = 1000) => run<Seen[]>(`sampled(${until})`),
    seek: async (time: number) => run<void>(`state.seek(${time})`),
    /** Waits until a moment of a clip is visible. */
    settled: (index: number, at: number) =>
      page.waitForFunction(
        `(() => { const { clip, at, isSeeking } = seen(); return clip === '${clip(index)}' && !isSeeking && Math.abs(at - ${at}) < 0.05 })()`,
      ),
  }
}

it('plays all clips as one film: no drawn frame between two of them is without a picture', async () => {
  const { sampled, settled, clip, seen, faults } = await player(draftOf(ALL))
  await settled(0, 0)
  const samples = await sampled()
  expect(samples.map(({ shows }) => shows).filter((shows) => shows !== 'clip')).toEqual([])
  // In order, each from beginning to end.
  const order = samples.map(({ clip }) => clip).filter((each, index, all) => each !== all[index - 1])
  expect(order).toEqual(COLOURS.map((_, index) => clip(index)))
  for (const [index, sample] of samples.entries()) {
    const before = samples[index - 1]
    if (!before || before.clip === sample.clip) continue
    // The next clip has its first frame decoded when it first appears, and that is the frame it begins with.
    expect(sample.ready).toBeGreaterThanOrEqual(2)
    expect(sample.at).toBeLessThan(0.15)
    // A gap in the picture can't be longer than the browser itself took between two drawn frames.
    const drawn = samples.slice(1).map(({ now }, place) => now - (samples[place]?.now ?? now))
    expect(sample.now - before.now).toBeLessThanOrEqual(Math.max(40, ...drawn))
  }
  // It ends where the film does.
  expect((await seen()).t).toBeCloseTo(COLOURS.length * LENGTH, 5)
  expect(faults).toEqual([])
})

it('goes where the timeline or its own slider says, while it rests and while it plays', async () => {
  const { seek, settled, page, run, sampled, seen, clip } = await player(draftOf(ALL))
  await settled(0, 0)
  await seek(2 * LENGTH + 0.4)
  await settled(2, 0.4)
  expect(await page.locator('.player .unseen').textContent()).toBe('Words of 3')
  // By keyboard.
  await page.locator('.player-seek').focus()
  await page.keyboard.press('Home')
  await settled(0, 0)
  await page.keyboard.press('ArrowRight')
  await settled(0, 0.1)
  // While playing, it continues from there; the space bar starts and stops it.
  await page.keyboard.press('Space')
  await page.waitForFunction('state.playing.value && state.playhead.value > 0.2')
  await seek(3 * LENGTH + 0.1)
  const samples = await sampled(3 * LENGTH + 0.3)
  expect(samples.at(-1)?.clip).toBe(clip(3))
  await page.keyboard.press('Space')
  await page.waitForFunction('!state.playing.value')
  const { t } = await seen()
  await page.waitForTimeout(60)
  expect((await seen()).t).toBe(t)
  // From the end, it starts over.
  await seek(100)
  await run('state.playing.value = true')
  await page.waitForFunction('state.playhead.value > 0 && state.playhead.value < 0.7')
  await page.keyboard.press('Space')
  // Full screen and back.
  const whole = page.getByRole('button', { name: 'Full screen' })
  await whole.click()
  await page.waitForFunction("document.fullscreenElement?.matches('.player')")
  await whole.click()
  await page.waitForFunction('document.fullscreenElement === null')
  // The browser remembers the volume.
  await run(`(() => {
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'volume')
    const set_ = function (value) { window.loudness = value; set.call(this, value) }
    Object.defineProperty(HTMLMediaElement.prototype, 'volume', { get, set: set_, configurable: true })
  })()`)
  await page.getByLabel('Volume').fill('0.3')
  await page.waitForFunction('window.loudness === 0.3')
  await page.reload()
  await page.waitForFunction('window.isReady')
  expect(await page.getByLabel('Volume').inputValue()).toBe('0.3')
})

it('fetches after an edit what has changed, and nothing else, and stays where it was', async () => {
  const { seek, settled, show, asked, seen, page, clip } = await player(draftOf(ALL))
  await settled(0, 0)
  await seek(LENGTH + 0.3)
  await settled(1, 0.3)
  await page.waitForFunction('document.querySelectorAll("video").length === 4')
  asked.length = 0
  const edited = draftOf(ALL)
  const [first, second] = edited.segments
  Object.assign(second ?? {}, { clip_url: '/media/clip1.mp4?v=2' })
  await show(edited)
  await page.waitForFunction(`seen().clip === '${clip(1)}?v=2' && !seen().isSeeking`)
  expect(new Set(asked)).toEqual(new Set([`${clip(1)}?v=2`]))
  expect((await seen()).at).toBeCloseTo(0.3, 1)
  // The segment before it becomes longer: the same moment is now later.
  Object.assign(first ?? {}, { length: 2 * LENGTH })
  await show({ ...edited, segments: [...edited.segments] })
  await page.waitForFunction(`Math.abs(state.playhead.value - ${2 * LENGTH + 0.3}) < 0.01`)
  expect(new Set(asked)).toEqual(new Set([`${clip(1)}?v=2`]))
})

it('shows a still for a clip that is being made or cannot be loaded, and has the voices heard until there is a mix', async () => {
  const { settled, sampled, asked, show, page, clip, run } = await player(
    draftOf(['clip0.mp4', null, 'gone.mp4', 'clip3.mp4'], null),
  )
  await settled(0, 0)
  const samples = await sampled()
  const kinds = samples.map(({ shows, clip }) => `${shows} ${clip ?? ''}`.trim())
  const order = kinds.filter((each, index, all) => each !== all[index - 1])
  expect(order).toEqual([`clip ${clip(0)}`, 'still', `clip ${clip(3)}`])
  // Each for its own length, although there was nothing to play.
  const stills = samples.filter(({ shows }) => shows === 'still')
  expect((stills.at(-1)?.t ?? 0) - (stills[0]?.t ?? 0)).toBeGreaterThan(1.2 * LENGTH)
  for (const index of [0, 1, 2, 3]) expect(asked).toContain(`/media/voice${index}.wav`)
  expect(asked).not.toContain('/media/mix.m4a')
  expect(await page.locator('.player-note').textContent()).toContain('being made')
  // The mix arrives while the voices are playing, and continues where they are.
  await run('state.seek(0)')
  const playing = sampled(3 * LENGTH)
  await page.waitForFunction('state.playhead.value > 0.3')
  await show(draftOf(['clip0.mp4', null, 'gone.mp4', 'clip3.mp4']))
  const times = (await playing).map(({ t }) => t)
  expect(asked).toContain('/media/mix.m4a')
  // It neither starts over nor jumps ahead.
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  expect(Math.min(...steps)).toBeGreaterThan(-0.4)
  expect(times.at(-1)).toBeGreaterThanOrEqual(3 * LENGTH)
})
