import PQueue from 'p-queue'
import { FPS, framesOf } from '../../model/formats.ts'
import type { MusicTrack } from '../../model/providers.ts'
import { clipPath, renderClip } from '../clip/clip.ts'
import { progressOver } from '../ffmpeg/progress.ts'
import { renderSound, soundPath } from '../sound/sound.ts'
import type { RenderOptions, RenderReport, RenderSegment, RenderTools, Storyboard } from '../types.ts'
import { joinVideo } from './assemble.ts'

/**
 * The cost of a render's parts in CPU seconds per second of video, measured on 2 cores (see bench); only their proportions
 * matter, for the progress.
 */
const COST = { clip: 1, sound: 0.02, join: 0.003 }

/**
 * Renders a storyboard to `outputFile`: first the clips that aren't in the store yet, as many at a time as there are slots, with
 * one thread each (a single clip gets at least two), and the sound in parallel; then it joins them. Finished parts stay in the
 * store, so a cancelled or failed render resumes where it stopped.
 * @throws UserError `cancelled`, `disk_full` or `ffmpeg_failed`, and then leaves no partial video.
 */
export async function renderVideo(
  tools: RenderTools,
  storyboard: Storyboard,
  track: MusicTrack | null,
  outputFile: string,
  options: RenderOptions,
): Promise<RenderReport> {
  const started = performance.now()
  const { store } = tools
  const plan = await planClips(tools, storyboard)
  const sound = await soundPath(tools, storyboard, track)
  const soundReused = await store.has(sound)
  const missing = plan.unique.filter((clip) => !clip.isReady)
  const duration = plan.frames / FPS
  const progress = progressOver(options.onProgress, [
    ...missing.map((clip) => (COST.clip * clip.frames) / FPS),
    soundReused ? 0 : COST.sound * duration,
    COST.join * duration,
  ])

  const timings = { clips: 0, sound: 0, join: 0, total: 0 }
  // If one part fails, the others are stopped at once.
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const { concurrency } = tools.ffmpeg.pool
  // The pool limits ffmpeg; this limits the preparations for it, so that a long draft doesn't open all its files at once.
  const queue = new PQueue({ concurrency })
  const threads = missing.length === 1 ? Math.max(2, concurrency) : 1
  const urgency = 'render'
  const clips = missing.map((clip, index) =>
    queue.add(() =>
      renderClip(tools, clip.segment, storyboard, {
        threads,
        signal,
        urgency,
        onProgress: progress(index),
      }).then(() => progress(index)(1)),
    ),
  )
  const clipsDone = Promise.all(clips).then(() => {
    timings.clips = secondsSince(started)
  })
  const soundDone = renderSound(tools, storyboard, track, {
    signal,
    urgency,
    onProgress: progress(missing.length),
  }).then(() => {
    progress(missing.length)(1)
    timings.sound = secondsSince(started)
  })
  await allOrStop([clipsDone, soundDone, ...clips], stop)

  const joining = performance.now()
  const names = [...new Set(plan.clips.map(({ file }) => file))]
  await store.withLocalFiles([sound, ...names], ([soundFile = '', ...files]) => {
    const local = new Map(names.map((name, index) => [name, files[index] ?? '']))
    const clips = plan.clips.map(({ file, frames }) => ({ file: local.get(file) ?? '', frames }))
    const report = progress(missing.length + 1)
    const joining = { signal: options.signal, urgency, onProgress: report } as const
    return joinVideo(tools.ffmpeg, { clips, soundFile, outputFile }, joining)
  })
  progress(missing.length + 1)(1)
  timings.join = secondsSince(joining)
  timings.total = secondsSince(started)
  return {
    clipsEncoded: missing.length,
    clipsReused: plan.unique.length - missing.length,
    soundReused,
    duration,
    timings,
  }
}

interface PlannedClip {
  segment: RenderSegment
  file: string
  frames: number
  isReady: boolean
}

/** Segments that look the same share one clip. */
async function planClips(tools: RenderTools, storyboard: Storyboard) {
  const unique = new Map<string, PlannedClip>()
  const clips: PlannedClip[] = []
  for (const segment of storyboard.segments) {
    const file = await clipPath(tools, segment, storyboard)
    const clip = unique.get(file) ?? {
      segment,
      file,
      frames: framesOf(segment.duration),
      // Mark it as used now: cleanup deletes the least recently used files.
      isReady: await tools.store.touch(file),
    }
    unique.set(file, clip)
    clips.push(clip)
  }
  return { clips, unique: [...unique.values()], frames: clips.reduce((sum, clip) => sum + clip.frames, 0) }
}

/** Waits for all parts, so that no ffmpeg process is left running, and throws the first error. */
async function allOrStop(parts: Promise<unknown>[], stop: AbortController): Promise<void> {
  try {
    await Promise.all(parts)
  } catch (error) {
    stop.abort()
    await Promise.allSettled(parts)
    throw error
  }
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000
}
