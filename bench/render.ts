import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findFfmpeg } from '../src/core/media/ffmpeg/ffmpeg.ts'
import { runFfmpeg } from '../src/core/media/ffmpeg/run-ffmpeg.ts'
import { renderVideo } from '../src/core/media/film/render-video.ts'
import { LocalStore } from '../src/core/media/store/local-store.ts'
import type { Storyboard } from '../src/core/media/types.ts'
import { oneCommand } from './one-command.ts'
import { makeMaterial } from './render-material.ts'
import type { Figure } from './table.ts'
import { measureUsage, type Usage } from './usage.ts'

/** Measures rendering against one ffmpeg command that does the same in one pass. Takes a few minutes. */
export async function renderFigures(say: (step: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rushes-bench-'))
  try {
    return await measureAll(folder, say)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureAll(folder: string, say: (step: string) => void): Promise<Figure[]> {
  const ffmpeg = await findFfmpeg()
  const tools = { ffmpeg, store: new LocalStore(path.join(folder, 'store')) }
  say(`ffmpeg ${ffmpeg.version} (${ffmpeg.source}); making footage, voices and music …`)
  const material = await makeMaterial(ffmpeg, folder)
  const { storyboard, track } = material
  const { signal } = new AbortController()
  const render = (board: Storyboard, music = track) =>
    measureUsage(() => renderVideo(tools, board, music, path.join(folder, 'film.mp4'), { signal }))
  const tell = (step: string, usage: Usage) => {
    say(
      `${step}: ${usage.wall.toFixed(2)} s wall, ${usage.cpu.toFixed(2)} s CPU, ${usage.memory.toFixed(0)} MB`,
    )
    return usage
  }

  const job = await oneCommand(tools, material, GAIN, folder)
  const baseline = tell('one command', await measureUsage(() => runFfmpeg(ffmpeg, job)))
  const cold = tell('cold', await render(storyboard))
  const dirty = tell(
    'one clip dirty',
    await render(withText(storyboard, 4, 'This text is a new one, and the clip with it.')),
  )
  // Another volume causes only the sound to be made again.
  const clean = tell(
    'nothing dirty',
    await render({ ...storyboard, music: { ...storyboard.music, volume: 21 } }),
  )
  const cached = tell('sound cached', await render(storyboard))
  const long = { ...storyboard, segments: Array.from({ length: 10 }, () => storyboard.segments).flat() }
  const longer = { ...long, music: { ...long.music, volume: 21 } }
  const joined = tell('100 segments, nothing dirty', await render(longer))
  const warm = tell('100 segments, sound cached', await render(longer))
  const hundred = tell('100 short segments, cold', await render(manyClips(storyboard)))

  // A straight line through both: the cost of each segment, and the fixed cost whatever their number.
  const growth = (joined.cpu - clean.cpu) / 90
  return [
    ratio('cold: CPU against one command', cold.cpu / baseline.cpu, 0.95),
    ratio('cold: wall time against one command', cold.wall / baseline.wall, 0.95),
    ratio('one clip dirty: wall time against cold', dirty.wall / cold.wall, 0.15),
    ratio('nothing dirty: wall time against cold', clean.wall / cold.wall, 0.05),
    figure('nothing dirty, sound cached: wall time', cached.wall, 1, (value) => `${value.toFixed(2)} s`),
    figure(
      "Node's own share of the CPU, cold",
      cold.node / cold.cpu,
      0.03,
      (value) => `${(value * 100).toFixed(1)} %`,
    ),
    figure('peak memory of all ffmpeg, cold', cold.memory, 600, (value) => `${value.toFixed(0)} MB`),
    figure(
      'peak memory of all ffmpeg, 100 segments',
      hundred.memory,
      600,
      (value) => `${value.toFixed(0)} MB`,
    ),
    seconds('finalize 10 segments, sound cached: CPU a segment', cached.cpu / 10),
    seconds('finalize 100 segments, sound cached: CPU a segment', warm.cpu / 100),
    seconds('finalize 100 segments, sound mixed again: CPU a segment', joined.cpu / 100),
    seconds('finalize, sound mixed again: CPU for each segment from the 11th to the 100th', growth),
    ratio(
      'finalize, sound mixed again: CPU a segment of 100 against 10',
      joined.cpu / 100 / (clean.cpu / 10),
      1.05,
    ),
    information('finalize 10 segments, sound mixed again: CPU a segment', clean.cpu / 10),
    information(
      'finalize, sound mixed again: CPU that does not grow, for starting programs',
      clean.cpu - 10 * growth,
    ),
  ]
}

/** A hundred clips, all different; short ones, as memory doesn't grow with their length. */
function manyClips(storyboard: Storyboard): Storyboard {
  const segments = Array.from({ length: 100 }, (_, index) => {
    const { footageFile = '', voiceFile = '' } = storyboard.segments[index % storyboard.segments.length] ?? {}
    const text = `Clip ${index + 1}`
    return { text, words: [], voiceFile, footageFile, footageKind: 'video' as const, duration: 0.5 }
  })
  return { ...storyboard, segments }
}

function withText(storyboard: Storyboard, index: number, text: string): Storyboard {
  const segments = storyboard.segments.map((segment, at) =>
    at === index ? { ...segment, text, words: [] } : segment,
  )
  return { ...storyboard, segments }
}

/** dB that bring the material's voices to −14 LUFS; the bot finds them by itself. */
const GAIN = 4.5

/** CPU seconds that each segment may add when only joining, or joining and sound, is left to do. */
const FINALIZE = 0.15

function seconds(what: string, measured: number): Figure {
  return figure(what, measured, FINALIZE, (value) => `${value.toFixed(3)} s`)
}

/** Seconds without a goal: the fixed cost of a short film, beside what each segment adds. */
function information(what: string, measured: number): Figure {
  return { what, goal: '', measured: `${measured.toFixed(3)} s`, isMet: null }
}

function ratio(what: string, measured: number, goal: number): Figure {
  return figure(what, measured, goal, (value) => `${value.toFixed(2)}×`)
}

function figure(what: string, measured: number, goal: number, text: (value: number) => string): Figure {
  return { what, goal: `≤ ${text(goal)}`, measured: text(measured), isMet: measured <= goal }
}
