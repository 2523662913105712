import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { clipPath } from '../../../../src/core/media/clip/clip.ts'
import { previewPath } from '../../../../src/core/media/clip/preview.ts'
import { thumbnailPath } from '../../../../src/core/media/clip/thumbnail.ts'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { createPool } from '../../../../src/core/media/ffmpeg/pool.ts'
import { soundPath } from '../../../../src/core/media/sound/sound.ts'
import { LocalStore } from '../../../../src/core/media/store/local-store.ts'
import { wavHeader } from '../../../../src/core/media/voice/wav-header.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { segment, storyboard } from '../material.ts'

const FFMPEG: Ffmpeg = {
  ffmpegPath: 'ffmpeg',
  ffprobePath: 'ffprobe',
  build: 'a build',
  source: 'system',
  version: '8',
  canToneMap: false,
  pool: createPool(1),
}
const VOICE = 'voices/ab/ab01.wav'
const FOOTAGE = 'footage/cd/cd02.img'
const MUSIC = 'music/ef/ef03.wav'

// These names come from the version that passed absolute paths to the renderer. If they changed, everything in existing stores
// would have to be made again.
it('names what is made of stored files as earlier versions did', async () => {
  const folder = await temporaryFolder()
  const store = new LocalStore(folder)
  await mkdir(path.dirname(path.join(folder, VOICE)), { recursive: true })
  await writeFile(path.join(folder, VOICE), Buffer.concat([wavHeader(96_000, 48_000), Buffer.alloc(96_000)]))
  const part = segment({ voiceFile: VOICE, footageFile: FOOTAGE, footageKind: 'image' })
  const board = storyboard([part], { music: { enabled: true, mood: 'calm', volume: 20 } })
  const track = {
    provider: 'beds',
    id: 'calm-0',
    file: MUSIC,
    title: null,
    author: null,
    loops: true,
    length: 20,
  }
  const tools = { ffmpeg: FFMPEG, store }
  expect([
    await clipPath(tools, part, board),
    await previewPath(tools, part, board),
    await soundPath(tools, board, track),
    await thumbnailPath(tools, FOOTAGE),
  ]).toEqual([
    'clips/3f/3f149ae88bdb2ea37c325f0dc0f33c1ee2e27933.mp4',
    'previews/03/039ef9006ac5cacd8369af6f1942070381e970b7.mp4',
    'sounds/05/058dfed3541e41be5b6d3f4efce615886e5d199e.m4a',
    'previews/5a/5a7212329cdadb869640d46e8273f060f374b7fa.jpg',
  ])
})
