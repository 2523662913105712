import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { lockFolder } from '../../src/jobs/lock.ts'
import { startBot } from '../factories/bot-process.ts'
import { temporaryFolder } from '../factories/folder.ts'
import { startDiscord } from '../servers/discord/start.ts'

test('npm start ends with one line and code 3 when its database is gone', { timeout: 120_000 }, async () => {
  const discord = await startDiscord()
  onTestFinished(() => discord.stop())
  const folder = await temporaryFolder()
  const env = { DATA_DIR: folder, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl }
  const bot = await startBot({ ...env, LOG_LEVEL: 'fatal' })
  const before = bot.output()
  for (const name of await readdir(folder))
    if (name.startsWith('rushes.sqlite')) await rm(path.join(folder, name))
  expect(await bot.ended).toBe(3)
  const file = path.join(folder, 'rushes.sqlite')
  expect(bot.output().slice(before.length)).toBe(`The database ${file} was removed or replaced.\n`)
  lockFolder(folder, 'the test').release()
})
