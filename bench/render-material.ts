import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Ffmpeg } from '../src/core/media/ffmpeg/ffmpeg.ts'
import type { Storyboard } from '../src/core/media/types.ts'
import { wavHeader } from '../src/core/media/voice/wav-header.ts'
import { ENDING, FPS, SAMPLE_RATE } from '../src/core/model/formats.ts'
import type { MusicTrack } from '../src/core/model/providers.ts'

const run = promisify(execFile)
const SEGMENTS = 10
const SECONDS = 6
/** Making footage takes longer than rendering it, so segments share some; their texts differ. */
const FOOTAGE_FILES = 3

const TEXT =
  'Coffee was discovered by goats, or so the legend goes. Around the year 850, a herder noticed his flock dancing.'

export interface Material {
  storyboard: Storyboard
  track: MusicTrack
}

/** Ten segments of six seconds and an ending: moving, grainy 1080p footage, speech-like voices, music. */
export async function makeMaterial(ffmpeg: Ffmpeg, folder: string): Promise<Material> {
  const make = (...args: string[]) => run(ffmpeg.ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...args])
  const segments: Storyboard['segments'] = []
  const footage: string[] = []
  for (let index = 0; index < FOOTAGE_FILES; index++) {
    const file = path.join(folder, `footage-${index}.mp4`)
    // A softened zoom into a fractal with a little grain: 5 to 10 Mbit/s, about the same as filmed footage.
    const source = `mandelbrot=s=480x270:r=${FPS}:start_scale=${(1.3 + index * 0.4).toFixed(1)}:maxiter=100`
    await make(
      ...['-f', 'lavfi', '-i', `${source},scale=1920:1080,boxblur=3,noise=alls=2:allf=t`],
      ...[
        '-t',
        String(SECONDS + 1),
        '-pix_fmt',
        'yuv420p',
        '-c:v',
        'libx264',
        '-preset',
        'superfast',
        '-crf',
        '22',
      ],
      file,
    )
    footage.push(file)
  }
  for (let index = 0; index < SEGMENTS; index++) {
    const footageFile = footage[index % footage.length] ?? ''
    const voiceFile = path.join(folder, `voice-${index}.wav`)
    await writeFile(voiceFile, murmur(SECONDS, index))
    const text = `${index + 1}. ${TEXT}`
    segments.push({
      text,
      words: evenWords(text),
      voiceFile,
      footageFile,
      footageKind: 'video',
      ...edgesAt(index, footage[0] ?? ''),
    })
  }
  const file = path.join(folder, 'music.wav')
  await make(
    ...['-f', 'lavfi', '-i', 'sine=f=220:d=30:r=44100', '-f', 'lavfi', '-i', 'sine=f=330:d=30:r=44100'],
    ...['-filter_complex', 'amix=inputs=2,tremolo=f=2:d=0.5,volume=12dB', '-ac', '2', file],
  )
  return {
    storyboard: {
      seed: 'bench',
      format: 'shorts',
      template: 'clean',
      language: 'en',
      segments,
      music: { enabled: true, mood: 'calm', volume: 20 },
    },
    track: { provider: 'bench', id: 'music', file, title: null, author: null, loops: true, length: 30 },
  }
}

/** A film opens with a movement, and its end turns into its beginning. */
function edgesAt(index: number, first: string) {
  if (index < SEGMENTS - 1) return { duration: SECONDS, isOpening: index === 0 }
  const ending = { footageFile: first, footageKind: 'video' as const, keepsWhole: false }
  return { duration: SECONDS + ENDING, ending }
}

/** Noise with the spectrum and rhythm of speech. */
function murmur(seconds: number, seed: number): Buffer {
  const samples = seconds * SAMPLE_RATE
  const body = Buffer.alloc(samples * 2)
  let state = seed + 1
  let low = 0
  for (let index = 0; index < samples; index++) {
    state = (state * 48271) % 2147483647
    low += 0.25 * ((state / 2147483647) * 2 - 1 - low)
    const syllable = Math.max(0, Math.sin((2 * Math.PI * 4 * index) / SAMPLE_RATE))
    body.writeInt16LE(Math.round(Math.max(-1, Math.min(1, low * syllable)) * 20_000), index * 2)
  }
  return Buffer.concat([wavHeader(body.length, SAMPLE_RATE), body])
}

function evenWords(text: string): Storyboard['segments'][number]['words'] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    from: (match.index / text.length) * SECONDS,
    to: ((match.index + match[0].length) / text.length) * SECONDS,
  }))
}
