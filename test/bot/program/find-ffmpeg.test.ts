import { readdir } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { loadSettings } from '../../../src/bot/program/config.ts'
import { ffmpegFor } from '../../../src/bot/program/find-ffmpeg.ts'
import { spawnBot } from '../../factories/bot-process.ts'
import { temporaryFolder } from '../../factories/folder.ts'
import { QUICK_FFMPEG } from '../../factories/quick-ffmpeg.ts'

const OLD = { FFMPEG_PATH: QUICK_FFMPEG.FFMPEG_PATH, FFPROBE_PATH: QUICK_FFMPEG.FFPROBE_PATH }
const KEY = 'nobody-may-read-this'

it('with stock keys and only the ffmpeg of 2018 the start is refused with one line, and nothing is written', async () => {
  const folder = await temporaryFolder()
  const settings = {
    DATA_DIR: `${folder}/data`,
    DISCORD_TOKEN: 'x',
    PEXELS_API_KEY: KEY,
    PIXABAY_API_KEY: KEY,
  }
  const bot = spawnBot({ ...settings, ALLOW_EMBEDDED_FFMPEG: '' })
  expect(await bot.ended).toBe(2)
  expect(bot.output()).toMatch(
    /^With PEXELS_API_KEY and PIXABAY_API_KEY, .*Install ffmpeg 5 or newer.*ALLOW_EMBEDDED_FFMPEG=true\.\n$/,
  )
  expect(bot.output()).not.toContain(KEY)
  expect(await readdir(folder)).toEqual([])
})

it.each([
  ['it is accepted', { ...OLD, PEXELS_API_KEY: KEY, ALLOW_EMBEDDED_FFMPEG: 'true' }],
  ['no stock site is set up', { ...OLD, OPENAI_API_KEY: KEY, MEDIA_DIR: '.', MUSIC_DIR: '.' }],
])('the ffmpeg of 2018 is used when %s', async (_what, env) => {
  expect(await ffmpegFor(loadSettings(env))).toMatchObject({ source: 'embedded' })
})
