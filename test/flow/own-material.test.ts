import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import ffmpeg from '@ffmpeg-installer/ffmpeg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { encodeAction } from '../../src/bot/view/action-id.ts'
import { ko } from '../../src/bot/words/ko.ts'
import { footageChoices } from '../../src/core/draft/choose-footage.ts'
import { requestDraft } from '../../src/core/draft/create.ts'
import { JobEntity } from '../../src/db/entities/job.ts'
import { ANN } from '../factories/people.ts'
import { type RealProgram, realProgram, textOf } from '../factories/real-program.ts'
import { PEXELS_TEST_KEY, type PexelsServer, startPexels } from '../servers/pexels.ts'
import { PIXABAY_TEST_KEY, type PixabayServer, startPixabay } from '../servers/pixabay.ts'
import { TALL } from '../servers/stock/library.ts'
import { ODD_VIDEOS, sampleImage, sampleVideo } from '../servers/stock/media.ts'

const run = promisify(execFile)
let folder: string
let pexels: PexelsServer
let pixabay: PixabayServer
let program: RealProgram

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-material-'))
  const [clips, music] = [path.join(folder, '우리 클립'), path.join(folder, '음악')]
  await mkdir(path.join(clips, '바다'), { recursive: true })
  await mkdir(path.join(music, 'calm'), { recursive: true })
  await writeFile(path.join(clips, '바다', '파도와 갈매기.mp4'), await sampleVideo(ODD_VIDEOS.vertical))
  await writeFile(path.join(clips, '사진.jpg'), await sampleImage(640, 360))
  await writeFile(path.join(clips, '사진.txt'), '등대, 밤')
  const tags = ['-metadata', 'title=고요한 아침', '-metadata', 'artist=김하늘']
  const sound = ['-f', 'lavfi', '-i', 'sine=frequency=330:duration=3', ...tags]
  await run(ffmpeg.path, ['-v', 'error', ...sound, path.join(music, 'calm', '아침 01.mp3')])
  pexels = await startPexels()
  pixabay = await startPixabay()
  const bytes = await sampleVideo(ODD_VIDEOS.film)
  const video = (id: number) => ({ id, duration: 9, sizes: [TALL], words: 'shared harbour', bytes })
  pexels.videos = [1, 2, 3, 4, 5, 6, 7, 8].map(video)
  pixabay.videos = [91, 92].map(video)
  program = await realProgram({
    MEDIA_DIR: clips,
    MUSIC_DIR: music,
    PEXELS_API_KEY: PEXELS_TEST_KEY,
    PEXELS_API_URL: pexels.origin,
    PIXABAY_API_KEY: PIXABAY_TEST_KEY,
    PIXABAY_API_URL: pixabay.origin,
  })
})
afterAll(async () => {
  await program?.end()
  await pexels?.close()
  await pixabay?.close()
  await rm(folder, { recursive: true, force: true })
})

/** A draft with its own script whose segments have these searches. Nothing is collected for them before that. */
async function draftWith(searches: string[]): Promise<string> {
  const script = searches.map((_, index) => `커피 이야기 ${index + 1}번.`).join('\n\n')
  const place = { surface: 'terminal', workspace: 'terminal:test', channelId: 'terminal', threadId: null }
  const input = { script, format: 'square', duration: 10, collect: false } as const
  const { draftId } = await requestDraft(program.core, input, ANN, place)
  await program.queue.idle()
  const { segments } = await program.load(draftId)
  expect(segments).toHaveLength(searches.length)
  for (const [index, searchQuery] of searches.entries())
    await program.fillIn(encodeAction('edit_form', draftId, segments[index]?.id), { searchQuery })
  return draftId
}

const footage = async (draftId: string) =>
  (await program.load(draftId)).segments.map(({ videoProvider, videoLocalPath, videoId }) => ({
    videoProvider,
    videoLocalPath,
    videoId,
  }))

describe('the team’s own clips and music', () => {
  it('are found by Korean names, folders and tags, and credited by their own tags', async () => {
    const draftId = await draftWith(['갈매기', '등대'])
    expect((await program.load(draftId)).segments).toMatchObject([
      { videoProvider: 'media', videoKind: 'video', footageError: null },
      { videoProvider: 'media', videoKind: 'image', footageError: null },
    ])
    await program.press(encodeAction('render', draftId))
    const job = await program.core.db.fork().findOneOrFail(JobEntity, { draftId, kind: 'finalize' })
    expect(job).toMatchObject({
      state: 'done',
      error: null,
      payload: { music: { provider: 'folder', title: '고요한 아침', author: '김하늘' } },
    })
    expect(textOf(program.message('고요한 아침'))).toContain('고요한 아침 – 김하늘 (팀 음악 폴더)')
  })
})

describe('a folder of music that cannot be read', () => {
  it('is replaced by the embedded music, and the video says so', async () => {
    const music = path.join(folder, '음악')
    await rename(music, `${music}-away`)
    onTestFinished(() => rename(`${music}-away`, music))
    const draftId = await draftWith(['갈매기'])
    await program.press(encodeAction('render', draftId))
    const job = await program.core.db.fork().findOneOrFail(JobEntity, { draftId, kind: 'finalize' })
    expect(job).toMatchObject({ state: 'done', error: null, payload: { music: { provider: 'beds' } } })
    expect(textOf(program.message(ko.video.otherMusic('')))).toContain('음악')
  })
})

describe('a clip that several segments search for', () => {
  it('is shown by one; the other shows a substitute and says where it is', async () => {
    const draftId = await draftWith(['갈매기', '커피'])
    const [, second] = (await program.load(draftId)).segments
    await program.fillIn(encodeAction('edit_form', draftId, second?.id), { searchQuery: '갈매기' })
    const { segments } = await program.load(draftId)
    expect(segments.map(({ videoProvider }) => videoProvider)).toEqual(['media', 'drawn'])
    expect(segments[1]).toMatchObject({ footageError: null })
    const said = ko.segment.betterShownBy('1')
    expect(textOf(program.message(said))).toContain(
      encodeAction('footage', draftId, second?.id, segments[1]?.version),
    )

    const clip = segments[0]
    await program.press(encodeAction('footage', draftId, second?.id, segments[1]?.version))
    const value = `${clip?.videoProvider}:${clip?.videoId}`
    await program.press(encodeAction('pick', draftId, second?.id), value)
    expect((await program.load(draftId)).segments[1]).toMatchObject({ videoProvider: 'media' })
    expect(() => program.message(said)).toThrow()
  })
})

describe('footage of several providers', () => {
  it('is offered from each that has some, six in all', async () => {
    const draftId = await draftWith(['shared harbour 파도'])
    const [segment] = (await program.load(draftId)).segments
    const { choices } = await footageChoices(
      program.core,
      { workspace: 'terminal:test', draftId, actor: ANN },
      segment?.id ?? 0,
      AbortSignal.timeout(60_000),
    )
    expect(choices.map(({ provider }) => provider)).toEqual([
      ...['pexels', 'pexels', 'pexels'],
      ...['pixabay', 'media', 'drawn'],
    ])
    expect(choices.every(({ thumbnailPath }) => thumbnailPath !== null)).toBe(true)
    expect(choices.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false, false, false, false])
  })

  it('is never shown twice in a draft, though many search for the same', async () => {
    const draftId = await draftWith(Array<string>(8).fill('shared harbour'))
    const shown = await footage(draftId)
    expect(shown.map(({ videoProvider }) => videoProvider)).toEqual(Array<string>(8).fill('pexels'))
    expect(new Set(shown.map(({ videoId }) => videoId)).size).toBe(8)
  })

  it('is stored once, however many drafts show it', async () => {
    const [one, two] = [await draftWith(['shared harbour']), await draftWith(['shared harbour'])]
    const [first] = await footage(one)
    expect(await footage(two)).toEqual([first])
    const stored = await readdir(path.join(program.folder, 'footage'), { recursive: true })
    const name = path.basename(first?.videoLocalPath ?? '')
    expect(stored.filter((file) => file.endsWith(name))).toHaveLength(1)
  })
})
