import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LocalCheckedFiles } from '../../../../src/bot/program/local/checked-files.ts'
import { checkFootage } from '../../../../src/core/draft/check-footage.ts'
import { renderClip } from '../../../../src/core/media/clip/clip.ts'
import { renderPreview } from '../../../../src/core/media/clip/preview.ts'
import { renderThumbnail } from '../../../../src/core/media/clip/thumbnail.ts'
import { decodeSound } from '../../../../src/core/media/ffmpeg/decodes.ts'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { renderVideo } from '../../../../src/core/media/film/render-video.ts'
import { stillDemuxer } from '../../../../src/core/media/pictures/file-kind.ts'
import { LocalStore } from '../../../../src/core/media/store/local-store.ts'
import { decodeAudio } from '../../../../src/core/media/voice/decode-audio.ts'
import {
  builds,
  colourVideo,
  make,
  openWorkshop,
  segment,
  storyboard,
  voiceFile,
  type Workshop,
} from '../material.ts'
import { hugeGif, hugePng, rubbishSound, rubbishVideo } from '../rubbish.ts'

const BUILDS = await builds()
let pantry: Workshop
let rubbish: { sound: string[]; video: string[] }
const [first] = BUILDS
const never = new AbortController().signal

beforeAll(async () => {
  pantry = await openWorkshop(first?.[1] ?? expect.fail())
  rubbish = { sound: await rubbishSound(pantry.folder), video: await rubbishVideo(pantry.folder) }
  await colourVideo(pantry.file('secret.mp4'), 'red', 2)
  await make(['-f', 'lavfi', '-i', 'sine=440:d=3', pantry.file('secret.mp3')])
  await make(['-f', 'lavfi', '-i', 'sine=440:d=3', '-c:v', 'none', '-f', 'mpegts', pantry.file('secret.ts')])
})
afterAll(() => pantry.close())

/** Playlists that make ffmpeg open another file, whatever they are named themselves. */
const LISTS: [what: string, body: (target: string) => string][] = [
  [
    'an m3u8 playlist',
    (target) => `#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n${target}\n#EXT-X-ENDLIST\n`,
  ],
  ['a list to join', (target) => `ffconcat version 1.0\nfile ${path.basename(target)}\n`],
  ['a list to join without a heading', (target) => `file '${path.basename(target)}'\n`],
  [
    'a manifest of DASH',
    (target) =>
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT3S"><Period><AdaptationSet contentType="audio"><Representation id="1" bandwidth="1"><BaseURL>${target}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  ],
  [
    'a session description',
    () => 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n',
  ],
]

describe.each(BUILDS)('files of others with the %s build', (name, ffmpeg: Ffmpeg) => {
  it.each(LISTS)('%s opens no other file, whatever it is called', async (what, body) => {
    for (const [called, target] of [
      ['list.mp4', 'secret.mp4'],
      ['list.mp3', 'secret.mp3'],
      ['list.m3u8', 'secret.ts'],
    ] as const) {
      const file = pantry.file(called)
      await writeFile(file, body(pantry.file(target)))
      await expect(probeMedia(ffmpeg, file), what).rejects.toMatchObject({ code: 'ffmpeg_failed' })
    }
    const file = pantry.file('list.mp3')
    expect(await decodeSound(ffmpeg, file, 60)).toBe(0)
    const scratch = pantry.file('scratch')
    await expect(decodeAudio(ffmpeg, file, scratch, { maxSeconds: 5 }, never)).rejects.toMatchObject({
      code: 'ffmpeg_failed',
    })
    await expect(checkFootage(checking(ffmpeg), 'media', file)).rejects.toMatchObject({
      failure: 'bad_answer',
    })
  })

  it('a still is never a pattern for other names, nor is the folder of the data', async () => {
    const folder = pantry.file(`50%d off ${name}, %03d *?[a]`)
    await mkdir(folder, { recursive: true })
    const tools = { ffmpeg, store: new LocalStore(path.join(folder, 'data %d')) }
    const voice = await voiceFile(path.join(folder, 'voice.wav'), 6, () => 0)
    for (const called of ['50%discount.jpg', 'img%03d.png', 'a:b.png', '[a-z]*?.bmp']) {
      const file = path.join(folder, called)
      await make([
        '-f',
        'lavfi',
        '-i',
        'color=c=red:s=200x200',
        '-frames:v',
        '1',
        '-f',
        'image2',
        '-update',
        '1',
        `file:${file}`,
      ])
      expect(await probeMedia(ffmpeg, file)).toMatchObject({ isImage: true, width: 200, height: 200 })
      expect(await checkFootage(checking(ffmpeg), 'media', file)).toMatchObject({ kind: 'image' })
      expect(await tools.store.size(await renderThumbnail(tools, file))).toBeGreaterThan(0)
    }
    const still = segment({
      voiceFile: voice,
      footageFile: path.join(folder, '50%discount.jpg'),
      footageKind: 'image',
      duration: 0.2,
    })
    const board = storyboard([still, { ...still, footageFile: path.join(folder, 'img%03d.png') }])
    await renderClip(tools, still, board)
    await renderPreview(tools, still, board)
    const film = path.join(folder, 'film %d.mp4')
    await renderVideo(tools, board, null, film, { signal: never })
    expect(await probeMedia(ffmpeg, film)).toMatchObject({ frames: 12 })
    expect(await tools.store.size(await renderThumbnail(tools, film))).toBeGreaterThan(0)
    await rm(folder, { recursive: true })
  })

  it('sound of which nothing decodes, or that breaks off, is no sound', async () => {
    for (const file of rubbish.sound) expect([file, await decodeSound(ffmpeg, file, 60)]).toEqual([file, 0])
    expect(await decodeSound(ffmpeg, pantry.file('secret.mp3'), 60)).toBeCloseTo(3, 0)
    expect(await decodeSound(ffmpeg, pantry.file('secret.mp3'), 2)).toBeCloseTo(2, 1)
  })

  it('a video of which nothing decodes, or that breaks off, is refused with the reason', async () => {
    for (const file of rubbish.video)
      await expect(checkFootage(checking(ffmpeg), 'pexels', file)).rejects.toThrow(
        /^Pexels sent (a file that cannot be decoded|a video of which only 0\.\d seconds can be decoded)\.$/,
      )
  })

  it('a length is what decodes, also where the file says none, and is found out once', async () => {
    const live = pantry.file('live.webm')
    await make([
      '-i',
      pantry.file('secret.mp4'),
      '-c',
      'copy',
      '-f',
      'matroska',
      '-live',
      '1',
      `file:${live}`,
    ])
    expect(await probeMedia(ffmpeg, live)).toMatchObject({ duration: null })
    const on = checking(ffmpeg)
    const { media: _, ...found } = await checkFootage(on, 'media', live)
    expect(found).toEqual({ kind: 'video', duration: 2, extension: 'mp4' })
    const broken = { ...ffmpeg, ffmpegPath: '/nowhere', ffprobePath: '/nowhere' }
    expect(await checkFootage({ ...on, ffmpeg: broken }, 'media', live)).toEqual(found)
  })

  it('a picture that claims to be huge is refused before it is decoded', async () => {
    const png = pantry.file('bomb.png')
    await writeFile(png, hugePng(30_000))
    const gif = pantry.file('bomb.gif')
    await writeFile(gif, hugeGif(60_000))
    for (const file of [png, gif])
      await expect(checkFootage(checking(ffmpeg), 'media', file)).rejects.toMatchObject({
        failure: 'bad_answer',
      })
  })
})

describe('stillDemuxer', () => {
  it.each([
    ['jpeg_pipe', '\xff\xd8\xff\xe0'],
    ['png_pipe', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['apng', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR.................\0\0\0\bacTL'],
    ['gif', 'GIF89a'],
    ['webp_pipe', 'RIFF....WEBPVP8 '],
    ['bmp_pipe', 'BM....\0\0\0\0'],
    ['tiff_pipe', 'II*\0'],
    [null, 'RIFF....WAVEfmt '],
    [null, 'BMX says hello'],
    [null, '....ftypisom'],
    [null, ''],
  ])('is %s for its first bytes', (demuxer, head) => {
    expect(stillDemuxer(Buffer.from(head, 'latin1'))).toBe(demuxer)
  })
})

function checking(ffmpeg: Ffmpeg) {
  return { ffmpeg, checkedFiles: new LocalCheckedFiles() }
}
