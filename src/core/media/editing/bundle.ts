import { rm } from 'node:fs/promises'
import { FPS, framesOf, SAMPLE_RATE, SAMPLES_PER_FRAME } from '../../model/formats.ts'
import type { MusicTrack } from '../../model/providers.ts'
import { storedName } from '../../model/store.ts'
import { clipPath, renderClip } from '../clip/clip.ts'
import { asDiskError } from '../ffmpeg/disk-error.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'
import { filmCues, srtOf } from '../film/subtitles.ts'
import { partsOf } from '../film/watchable.ts'
import { musicJob } from '../sound/sound.ts'
import { hashOf } from '../store/hash.ts'
import { contentName, withSource } from '../store/sources.ts'
import type { RenderTools, Storyboard } from '../types.ts'
import { wavDuration } from '../voice/wav.ts'
import { wavHeader } from '../voice/wav-header.ts'
import { numberedName } from './file-names.ts'
import { musicArgs } from './music-args.ts'
import { otioOf } from './otio.ts'
import type { Timeline, TimelineItem } from './timeline.ts'
import { withVoices } from './voices.ts'
import { writeZip, type ZipEntry } from './zip.ts'

/** The texts in a bundle. */
export interface BundleWords {
  title: string
  /** Each segment's subject, in order. */
  names: readonly string[]
  /** Plain text. */
  readme: string
}

/** Incremented whenever the bundle of a film changes. */
const VERSION = 2
const RATE = { frames: FPS, seconds: 1 }
const MUSIC = 'music/music.wav'

/**
 * Makes or finds a film's bundle for editing programs: each segment's footage without overlays, its voice, the music, the
 * captions, and the timeline as OpenTimelineIO and Final Cut Pro XML.
 * @returns its path in the store: a zip.
 * @throws UserError like a render.
 */
export async function makeBundle(
  tools: RenderTools,
  storyboard: Storyboard,
  track: MusicTrack | null,
  words: BundleWords,
  options: RunOptions,
): Promise<string> {
  const { store } = tools
  const board = { ...storyboard, isBare: true }
  const name = storedName('bundles', await keyOf(tools, board, track, words), 'zip')
  return asDiskError(
    store.put(name, async (output) => {
      // What writes XML is large, and few films are taken to an editing program.
      const { fcpxmlOf } = await import('./fcpxml.ts')
      const clips = await renderClips(tools, board, options)
      const musicFile = track === null ? null : await store.temporary('wav')
      try {
        if (track && musicFile) await writeMusic(tools, board, track, musicFile, options)
        await store.withLocalFiles(clips, async (files) => {
          const timeline = await timelineOf(tools, board, words, musicFile !== null)
          const texts = {
            'captions.srt': srtOf(await filmCues(store, storyboard)),
            'timeline.otio': otioOf(timeline),
            'timeline.fcpxml': fcpxmlOf(timeline),
            'README.txt': words.readme,
          }
          await withVoices(tools, board, options, (voices) => {
            const entries: ZipEntry[] = [
              ...Object.entries(texts).map(([name, text]) => ({ name, content: { text } })),
              ...timeline.clips.map(({ file: name }, index) => fileEntry(name, files[index])),
              ...timeline.voices.map((voice) => voiceEntry(voice, voices)),
              ...(musicFile === null ? [] : [fileEntry(MUSIC, musicFile)]),
            ]
            return writeZip(entries, output, options.signal)
          })
        })
      } finally {
        if (musicFile !== null) await rm(musicFile, { force: true })
      }
    }),
  )
}

/** The film as a timeline of its bundle's files. */
export async function timelineOf(
  { store }: Pick<RenderTools, 'store'>,
  { segments, format }: Storyboard,
  { title, names }: BundleWords,
  hasMusic: boolean,
): Promise<Timeline> {
  const clips: TimelineItem[] = []
  const voices: TimelineItem[] = []
  let start = 0
  for (const [index, { duration, voiceFile }] of segments.entries()) {
    const frames = framesOf(duration)
    const words = names[index] ?? ''
    const file = (folder: string, extension: string) =>
      `${folder}/${numberedName(index + 1, segments.length, words, extension)}`
    const shown = `${index + 1}. ${words}`.replace(/\. $/, '')
    clips.push({ name: shown, file: file('clips', 'mp4'), start, frames, available: frames })
    // Everything that is spoken; a voice ending within a frame is silent for the rest of it.
    const spoken = Math.ceil((await withSource(store, voiceFile, wavDuration)) * FPS - 1e-6)
    const heard = Math.min(Math.max(1, spoken), frames)
    voices.push({ name: shown, file: file('voices', 'wav'), start, frames: heard, available: heard })
    start += frames
  }
  const music = { name: 'Music', file: MUSIC, start: 0, frames: start, available: start }
  return { title, format, rate: RATE, frames: start, clips, voices, music: hasMusic ? music : null }
}

async function keyOf(
  tools: RenderTools,
  board: Storyboard,
  track: MusicTrack | null,
  words: BundleWords,
): Promise<string> {
  const { segments, music } = board
  return hashOf({
    ...{ version: VERSION, build: tools.ffmpeg.build, words },
    clips: await Promise.all(segments.map((segment) => clipPath(tools, segment, board))),
    voices: await Promise.all(segments.map(({ voiceFile }) => contentName(voiceFile))),
    cues: await filmCues(tools.store, board),
    music: track && [await contentName(track.file), music.volume, track.loops],
  })
}

async function renderClips(tools: RenderTools, board: Storyboard, options: RunOptions): Promise<string[]> {
  const { signal, urgency, onProgress } = options
  let done = 0
  return partsOf(tools, board, async (segment) => {
    signal?.throwIfAborted()
    const clip = await renderClip(tools, segment, board, { signal, urgency, threads: 1 })
    done += 1
    onProgress?.(done / (board.segments.length + 1))
    return clip
  })
}

async function writeMusic(
  { ffmpeg, store }: RenderTools,
  board: Storyboard,
  track: MusicTrack,
  output: string,
  options: RunOptions,
): Promise<void> {
  const frames = board.segments.reduce((sum, { duration }) => sum + framesOf(duration), 0)
  const samples = frames * SAMPLES_PER_FRAME
  const { signal, urgency } = options
  await withSource(store, track.file, async (file) => {
    const music = await musicJob(ffmpeg, board, { ...track, file }, samples, { signal, urgency })
    await runFfmpeg(ffmpeg, musicArgs(music, samples, output), { signal, urgency })
  })
}

/** @param voices all voices, as provided by `withVoices`. */
function voiceEntry({ file: name, start, frames }: TimelineItem, voices: string): ZipEntry {
  const bytes = frames * SAMPLES_PER_FRAME * 2
  const from = start * SAMPLES_PER_FRAME * 2
  return { name, content: { head: wavHeader(bytes, SAMPLE_RATE), file: voices, from, bytes } }
}

function fileEntry(name: string, file: string | undefined): ZipEntry {
  if (file === undefined) throw new Error(`there is no file for ${name}`)
  return { name, content: { file } }
}
