import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeAction } from '../../src/bot/view/action-id.ts'
import { clipStyleOf, edgesOf, renderSegmentOf } from '../../src/core/draft/storyboard.ts'
import { FONT_FOLDER } from '../../src/core/media/captions/fonts.ts'
import { planClip } from '../../src/core/media/clip/clip.ts'
import { type MediaInfo, probeMedia } from '../../src/core/media/ffmpeg/probe.ts'
import { ENDING } from '../../src/core/model/formats.ts'
import { PRICES_DATE } from '../../src/core/providers/prices.ts'
import { JobEntity } from '../../src/db/entities/job.ts'
import { colourVideo, decodeFrames, decodeSound, ffprobeJson, loudnessOf } from '../core/media/material.ts'
import { temporaryFolder } from '../factories/folder.ts'
import { onDisk } from '../factories/on-disk.ts'
import { type RealProgram, realProgram, textOf } from '../factories/real-program.ts'
import { OPENAI_TEST_KEY, type OpenAiServer, startOpenAi } from '../servers/openai.ts'
import { PEXELS_TEST_KEY, type PexelsServer, startPexels } from '../servers/pexels.ts'
import { ODD_VIDEOS, sampleVideo } from '../servers/stock/media.ts'

const ODDITIES = Object.entries(ODD_VIDEOS)
const CREATE = { topic: 'The sea', format: 'square', duration: 12, language: 'en' }

/** One clip of each kind, found by its name. */
async function oddLibrary() {
  return Promise.all(
    ODDITIES.map(async ([name, spec], index) => ({
      id: 100 + index,
      duration: spec.seconds,
      sizes: [[spec.width, spec.height]] as const,
      words: name,
      author: `Author of ${name}`,
      bytes: await sampleVideo(spec),
    })),
  )
}

/** A script with a segment for each clip of the library, about a second each. */
function oddScript() {
  return {
    title: 'The sea in eleven pictures',
    description: 'All that a camera can do.',
    tags: ['sea'],
    segments: ODDITIES.map(([name], index) => ({
      // Letters instead of digits, which take longer to say than to write.
      text: `Wave ${'ABCDEFGHIJKLMNOP'.charAt(index)} breaks.`,
      keyword: name,
      searchQuery: name,
    })),
  }
}

/** The distance between the darkest and the brightest twentieth of a colour channel, 0 to 255. */
function spread(pixels: Buffer, channel: number): number {
  const values = [...pixels].filter((_, index) => index % 3 === channel).sort((a, b) => a - b)
  return (values[Math.floor(values.length * 0.95)] ?? 0) - (values[Math.floor(values.length * 0.05)] ?? 0)
}

describe('a topic, with OpenAI and Pexels', () => {
  let openai: OpenAiServer
  let pexels: PexelsServer
  let program: RealProgram
  let draftId: string
  let film: string
  let media: MediaInfo

  beforeAll(async () => {
    openai = await startOpenAi()
    pexels = await startPexels()
    pexels.videos = await oddLibrary()
    openai.answers = [oddScript()]
    program = await realProgram({
      OPENAI_API_KEY: OPENAI_TEST_KEY,
      OPENAI_BASE_URL: openai.baseURL,
      OPENAI_TRANSCRIBE_MODEL: 'whisper-1',
      PEXELS_API_KEY: PEXELS_TEST_KEY,
      PEXELS_API_URL: pexels.origin,
      // The film is made by the build people get: the system's, where there is one.
      FFMPEG_PATH: undefined,
      FFPROBE_PATH: undefined,
    })
    draftId = await program.create(CREATE)
    await program.press(encodeAction('render', draftId))
    const job = await program.core.db.fork().findOneOrFail(JobEntity, { draftId, kind: 'finalize' })
    expect(job).toMatchObject({ state: 'done', error: null })
    film = onDisk(program.core.store, job.outputVideoPath ?? '')
    media = await probeMedia(program.core.ffmpeg, film)
  }, 240_000)

  afterAll(async () => {
    await program?.end()
    await openai?.close()
    await pexels?.close()
  })

  it('asks once for the script and once for each voice and each search', () => {
    const asked = (path: string) => openai.requests.filter((request) => request.path === path)
    expect(asked('/v1/chat/completions')).toHaveLength(1)
    expect(asked('/v1/audio/speech')).toHaveLength(ODDITIES.length)
    expect(asked('/v1/audio/transcriptions')).toHaveLength(ODDITIES.length)
  })

  it('shows each clip in the segment that asked for it, spoken by OpenAI', async () => {
    const { draft, segments } = await program.load(draftId)
    expect(draft).toMatchObject({ status: 'finalized', title: 'The sea in eleven pictures', notice: null })
    expect(segments.map(({ videoProvider, videoId }) => `${videoProvider} ${videoId}`)).toEqual(
      ODDITIES.map((_, index) => `pexels ${100 + index}`),
    )
    for (const segment of segments) {
      expect(segment).toMatchObject({ ttsProvider: 'openai', voiceError: null, footageError: null })
      expect(segment.words).toHaveLength(3)
    }
  })

  it('is as long as its segments and its ending, and has the promised streams', async () => {
    const { segments } = await program.load(draftId)
    const seconds = segments.reduce(
      (sum, { ttsDuration }) => sum + Math.round((ttsDuration ?? 0) * 30) / 30,
      ENDING,
    )
    expect(Math.abs((media.duration ?? 0) - seconds)).toBeLessThan(1 / 30)
    expect(Math.abs((media.audioDuration ?? 0) - seconds)).toBeLessThan(1 / 30)
    expect(media).toMatchObject({
      width: 1080,
      height: 1080,
      fps: 30,
      videoCodec: 'h264',
      profile: 'High',
      pixelFormat: 'yuv420p',
      colorSpace: 'bt709',
      colorPrimaries: 'bt709',
      colorTransfer: 'bt709',
      audioCodec: 'aac',
      sampleRate: 48_000,
      channels: 2,
    })
    const bytes = await readFile(film)
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  })

  it('speaks for as long as was asked, within a tenth', async () => {
    const { segments } = await program.load(draftId)
    const spoken = segments.reduce((sum, { ttsDuration }) => sum + (ttsDuration ?? 0), 0)
    expect(Math.abs(spoken - CREATE.duration) / CREATE.duration).toBeLessThanOrEqual(0.1)
  })

  it('changes the picture at each cut and in no other frame, and begins each voice there', async () => {
    const { segments } = await program.load(draftId)
    const lengths = segments.map(({ ttsDuration }) => Math.round((ttsDuration ?? 0) * 30))
    const cuts = lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0))
    const total = lengths.reduce((sum, length) => sum + length, 0)
    const times = (
      await ffprobeJson(program.core.ffmpeg, film, '-select_streams', 'v', '-show_entries', 'packet=pts_time')
    )
      .trim()
      .split('\n')
      .map(Number)
      .sort((a, b) => a - b)
    expect(times).toHaveLength(total + ENDING * 30)
    for (const [frame, time] of times.entries()) expect(Math.abs(time - frame / 30)).toBeLessThan(1e-5)

    const sound = await decodeSound(film)
    const level = (second: number) => {
      const from = Math.max(0, Math.round(second * 48_000))
      const part = sound.subarray(from, from + 960)
      return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length)
    }
    for (const cut of cuts) {
      // Before each cut the last voice has a quarter of a second of silence, with only music.
      if (cut > 0) expect(level(cut / 30 - 0.04)).toBeLessThan(level(cut / 30 + 0.06) / 2)
      expect(level(cut / 30 + 0.06)).toBeGreaterThan(0.02)
    }
  })

  it('shows every kind of clip in all its colours', async () => {
    const { segments } = await program.load(draftId)
    let at = 0
    const middles = segments.map(({ ttsDuration }) => {
      const middle = at + (ttsDuration ?? 0) / 2
      at += ttsDuration ?? 0
      return `eq(n\\,${Math.round(middle * 30)})`
    })
    const pictures = await decodeFrames(film, `select=${middles.join('+')},scale=48:48:flags=area`, 48 * 48)
    expect(pictures).toHaveLength(segments.length)
    for (const [index, { keyword }] of segments.entries()) {
      const all = pictures[index] ?? Buffer.alloc(0)
      // The test picture has bars of all colours: none is missing, black or overexposed.
      for (const channel of [0, 1, 2]) expect(spread(all, channel), keyword).toBeGreaterThan(60)
      // Rotated by a quarter, its bars are horizontal, and the upper half has only some of them.
      const isTurned = spread(all.subarray(0, 48 * 24 * 3), 2) < spread(all, 2) * 0.6
      expect(isTurned, keyword).toBe(keyword === 'rotated')
    }
  })

  it('has the captions of each segment over its clip, from its first word to its last', async () => {
    const { draft, segments } = await program.load(draftId)
    const folder = await temporaryFolder()
    const black = await colourVideo(path.join(folder, 'black.mp4'), 'black', 2, '1080x1080')
    const captionFile = path.join(folder, 'captions.ass')
    const side = 360
    /** Frames of a file in order, as RGB pictures. */
    const framesOf = (file: string, frames: number[], ...written: string[]) => {
      const wanted = frames.map((frame) => `eq(n\\,${frame})`).join('+')
      // Captions are drawn only on the frames inspected.
      const filter = [`select=${wanted}`, ...written, `scale=${side}:${side}`].join()
      return decodeFrames(file, filter, side * side)
    }
    const parts = segments.map((segment) => ({
      ...renderSegmentOf(draft, segment, edgesOf(segments)),
      // With its usual ending, it would turn into the film's beginning.
      ending: undefined,
    }))
    const lengths = segments.map(({ ttsDuration }) => Math.round((ttsDuration ?? 0) * 30))
    // Near the beginning and the end of each segment.
    const moments = lengths.map((length) => [Math.floor(length * 0.2), Math.floor(length * 0.85)])
    const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0))
    const shown = await framesOf(
      film,
      starts.flatMap((start, index) => (moments[index] ?? []).map((moment) => start + moment)),
    )
    for (const [index, part] of parts.entries()) {
      // The same captions over black: wherever they are white, the film must be white.
      const frames = lengths[index] ?? 0
      const { captions } = await planClip(program.core.store, part, clipStyleOf(draft), frames)
      await writeFile(captionFile, captions ?? '')
      const writing = `ass=filename=${captionFile}:fontsdir=${FONT_FOLDER}:shaping=simple`
      const alone = await framesOf(black, moments[index] ?? [], writing)
      for (const [at, letters] of alone.entries()) {
        const lit = [...letters.keys()].filter((pixel) => (letters[pixel] ?? 0) > 235)
        const there = lit.filter((pixel) => (shown[index * 2 + at]?.[pixel] ?? 0) > 200)
        expect(lit.length, part.text).toBeGreaterThan(500)
        expect(there.length / lit.length, part.text).toBeGreaterThan(0.97)
      }
    }
  })

  it('is as loud as promised', async () => {
    const { loudness, peak } = await loudnessOf(program.core.ffmpeg, film)
    expect(Math.abs(loudness + 14)).toBeLessThanOrEqual(1)
    expect(peak).toBeLessThanOrEqual(-1)
  })

  it('credits everybody under the video, with their page', () => {
    const posted = textOf(program.message('Credits'))
    for (const [index, [name]] of ODDITIES.entries()) {
      expect(posted).toContain(`Author of ${name} (Pexels)`)
      expect(posted).toContain(`https://www.pexels.com/video/${name.toLowerCase()}-${100 + index}/`)
    }
  })

  it('records what was used, and shows it with its price at the top', async () => {
    const { draft, segments } = await program.load(draftId)
    const characters = segments.reduce((sum, { text }) => sum + text.length, 0)
    expect(draft.usage).toEqual([
      { provider: 'openai', model: 'gpt-5.4-mini', inputTokens: 400, outputTokens: 250 },
      { provider: 'openai', model: 'gpt-4o-mini-tts', characters },
      { provider: 'openai', model: 'whisper-1', seconds: expect.any(Number) },
    ])
    const top = textOf(program.message(PRICES_DATE))
    expect(top).toContain('650 tokens')
    expect(top).toContain(`${characters} characters`)
    expect(top).toMatch(/about \$0\.0\d{3}/)
    expect(top).toContain(PRICES_DATE)
  })

  it('keeps its keys to itself', async () => {
    const shown = [...program.messages().map(textOf), ...program.log].join('\n')
    const stored = await program.stored()
    for (const key of [OPENAI_TEST_KEY, PEXELS_TEST_KEY]) {
      expect(shown).not.toContain(key)
      expect(stored).not.toContain(key)
    }
  })
})
