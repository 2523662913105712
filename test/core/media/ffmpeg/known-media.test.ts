import { copyFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { knownMedia, rememberMedia } from '../../../../src/core/media/ffmpeg/known-media.ts'
import { createPool } from '../../../../src/core/media/ffmpeg/pool.ts'
import { LocalStore } from '../../../../src/core/media/store/local-store.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { QUICK_FFMPEG } from '../../../factories/quick-ffmpeg.ts'

const PLAIN = path.join(import.meta.dirname, '../../../fakes/plain.mp4')
const NAME = 'footage/ab/ab01.mp4'

async function tools() {
  const folder = await temporaryFolder()
  const ffmpeg: Ffmpeg = {
    ...{ ffmpegPath: QUICK_FFMPEG.FFMPEG_PATH, ffprobePath: QUICK_FFMPEG.FFPROBE_PATH, build: 'a build' },
    ...{ source: 'embedded', version: '4', canToneMap: false, pool: createPool(1) },
  }
  const file = path.join(folder, 'a.mp4')
  await copyFile(PLAIN, file)
  return { ffmpeg, store: new LocalStore(folder), file }
}

it('asks once about a stored file, for each ffprobe, and each time about a file of somebody else', async () => {
  const { ffmpeg, store, file } = await tools()
  const found = await knownMedia({ ffmpeg, store }, NAME, file)
  expect(found).toMatchObject({ width: 64, height: 64, duration: 30, isImage: false })
  expect(await knownMedia({ ffmpeg, store }, file, file)).toEqual(found)
  await rm(file)
  expect(await knownMedia({ ffmpeg, store }, NAME, file)).toEqual(found)
  await expect(knownMedia({ ffmpeg, store }, file, file)).rejects.toMatchObject({ code: 'ffmpeg_failed' })
  const other = { ...ffmpeg, ffprobePath: '/nowhere/ffprobe' }
  await expect(knownMedia({ ffmpeg: other, store }, NAME, file)).rejects.toMatchObject({
    code: 'ffmpeg_missing',
  })
})

it('does not ask about what was looked into before it was stored', async () => {
  const { ffmpeg, store, file } = await tools()
  const media = await knownMedia({ ffmpeg, store }, file, file)
  await rememberMedia({ ffmpeg, store }, NAME, media)
  await rm(file)
  expect(await knownMedia({ ffmpeg, store }, NAME, file)).toEqual(media)
})
