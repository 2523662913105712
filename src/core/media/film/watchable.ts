import PQueue from 'p-queue'
import { UserError } from '../../model/errors.ts'
import { FPS, framesOf } from '../../model/formats.ts'
import type { MusicTrack } from '../../model/providers.ts'
import { storedName } from '../../model/store.ts'
import { clipPath, renderClip } from '../clip/clip.ts'
import type { RunOptions } from '../ffmpeg/run-ffmpeg.ts'
import { renderSound, soundPath } from '../sound/sound.ts'
import { hashOf } from '../store/hash.ts'
import type { RenderTools, Storyboard } from '../types.ts'
import { joinVideo } from './assemble.ts'
import { type Smallness, smallClip, smallSound, stepsWithin } from './small-parts.ts'

/** The fraction of the size limit up to which a film isn't made smaller. */
const FITS = 0.99

/** The indexes of segments whose clips aren't in the store yet. */
export async function clipsMissing(tools: RenderTools, storyboard: Storyboard): Promise<number[]> {
  const present = await Promise.all(
    storyboard.segments.map(async (segment) => tools.store.has(await clipPath(tools, segment, storyboard))),
  )
  return [...present.keys()].filter((index) => present[index] === false)
}

/**
 * Makes a storyboard's whole film in at most `limit` bytes: joins its clips and sound unchanged, or small versions of them if
 * they are too large. Parts and films that are already in the store are reused.
 * @returns its path in the store.
 * @throws UserError `watch_too_long` if no film worth watching would fit; otherwise like a render.
 */
export async function watchableFilm(
  tools: RenderTools,
  storyboard: Storyboard,
  track: MusicTrack | null,
  limit: number,
  options: RunOptions,
): Promise<string> {
  const { store } = tools
  const signal = options.signal
  const clips = await partsOf(tools, storyboard, (segment) =>
    renderClip(tools, segment, storyboard, { ...options, threads: 1 }),
  )
  const sound = await renderSound(tools, storyboard, track, options)
  const bytes = await Promise.all([...clips, sound].map(async (file) => (await store.size(file)) ?? 0))
  const total = bytes.reduce((sum, each) => sum + each, 0)
  if (total <= limit * FITS) return join(tools, storyboard, clips, sound, options)
  for (const step of stepsWithin(secondsOf(storyboard), limit)) {
    signal?.throwIfAborted()
    const film = await smallFilm(tools, storyboard, clips, sound, step, options)
    if (((await store.size(film)) ?? 0) <= limit) return film
  }
  throw new UserError('watch_too_long', { megabytes: Math.floor(limit / 1024 ** 2) })
}

/** The current or future path of the film at full size; null while one of its clips is missing. */
export async function watchablePath(
  tools: RenderTools,
  storyboard: Storyboard,
  track: MusicTrack | null,
): Promise<string | null> {
  if ((await clipsMissing(tools, storyboard)).length > 0) return null
  const { segments } = storyboard
  const clips = await Promise.all(segments.map((segment) => clipPath(tools, segment, storyboard)))
  return joinedName(clips, await soundPath(tools, storyboard, track))
}

/**
 * Makes the parts of a small film that can be made from the clips and sound in the store, so that nobody waits for them later.
 * Does nothing if the film itself fits.
 */
export async function prepareWatchable(
  tools: RenderTools,
  storyboard: Storyboard,
  track: MusicTrack | null,
  limit: number,
  options: RunOptions,
): Promise<void> {
  const { store } = tools
  const names = await Promise.all(storyboard.segments.map((segment) => clipPath(tools, segment, storyboard)))
  const sizes = await Promise.all(names.map((name) => store.size(name)))
  const known = sizes.filter((size) => size !== null)
  // Missing clips are assumed to be as large as the others.
  const clips = (known.reduce((sum, size) => sum + size, 0) / Math.max(1, known.length)) * sizes.length
  const sound = await soundPath(tools, storyboard, track)
  const soundSize = await store.size(sound)
  const [step] = stepsWithin(secondsOf(storyboard), limit)
  if (!step || clips + (soundSize ?? 0) <= limit * FITS) return
  if (soundSize !== null) await smallSound(tools, sound, secondsOf(storyboard), step, options)
  for (const [index, { duration }] of storyboard.segments.entries()) {
    const clip = names[index]
    if (clip === undefined || sizes[index] === null) continue
    await smallClip(tools, clip, duration, storyboard.format, step, options)
  }
}

async function smallFilm(
  tools: RenderTools,
  storyboard: Storyboard,
  clips: readonly string[],
  sound: string,
  step: Smallness,
  options: RunOptions,
): Promise<string> {
  const parts = await partsOf(tools, storyboard, ({ duration }, index) =>
    smallClip(tools, clips[index] ?? '', duration, storyboard.format, step, options),
  )
  const heard = await smallSound(tools, sound, secondsOf(storyboard), step, options)
  return join(tools, storyboard, parts, heard, options)
}

async function join(
  { ffmpeg, store }: RenderTools,
  { segments }: Storyboard,
  clips: readonly string[],
  sound: string,
  options: RunOptions,
): Promise<string> {
  return store.put(joinedName(clips, sound), (outputFile) =>
    store.withLocalFiles([sound, ...clips], ([soundFile = '', ...files]) => {
      const parts = segments.map(({ duration }, index) => ({
        file: files[index] ?? '',
        frames: framesOf(duration),
      }))
      return joinVideo(ffmpeg, { clips: parts, soundFile, outputFile }, options)
    }),
  )
}

function joinedName(clips: readonly string[], sound: string) {
  return storedName('previews', hashOf(['watch', clips, sound]), 'mp4')
}

/** Makes one part per segment, as many at a time as there are slots. If one fails, no further ones are started, and the running
 * ones are waited for. */
export async function partsOf(
  { ffmpeg }: RenderTools,
  { segments }: Storyboard,
  make: (segment: Storyboard['segments'][number], index: number) => Promise<string>,
): Promise<string[]> {
  const queue = new PQueue({ concurrency: ffmpeg.pool.concurrency })
  const parts = segments.map((segment, index) => queue.add(() => make(segment, index)))
  try {
    return await Promise.all(parts)
  } catch (error) {
    queue.clear()
    await queue.onIdle()
    throw error
  }
}

function secondsOf({ segments }: Storyboard): number {
  return segments.reduce((sum, { duration }) => sum + framesOf(duration), 0) / FPS
}
