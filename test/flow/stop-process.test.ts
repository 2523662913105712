import { existsSync } from 'node:fs'
import { chmod, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { lockFolder } from '../../src/jobs/lock.ts'
import { type BotProcess, processesOn, spawnBot, startBot } from '../factories/bot-process.ts'
import { readable } from '../factories/discord.ts'
import { temporaryFolder } from '../factories/folder.ts'
import { plainMedia } from '../factories/plain-media.ts'
import { startDiscord } from '../servers/discord/start.ts'
import { startSlack } from '../servers/slack/index.ts'

/** Milliseconds that service managers allow. */
const ALLOWED = 10_000
/** Timeout for real rendering on a possibly busy machine. */
const LONG = 150_000

async function discordEnv() {
  const discord = await startDiscord()
  onTestFinished(() => discord.stop())
  const folder = await temporaryFolder()
  const env = {
    DATA_DIR: folder,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    LOG_LEVEL: 'info',
  }
  return { discord, folder, env }
}

async function slackEnv() {
  const slack = await startSlack({ commands: ['/draft'] })
  onTestFinished(() => slack.close())
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
  }
  return { slack, env }
}

/** An address that accepts requests and never answers. */
async function silence(): Promise<{ url: string; asked: () => boolean }> {
  let asked = false
  const server = createServer(() => {
    asked = true
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked }
}

/** Sends the program stop signals, and checks how it ends. */
async function endsWell(bot: BotProcess, folder: string, ...signals: NodeJS.Signals[]): Promise<void> {
  const told = performance.now()
  for (const signal of signals) bot.signal(signal)
  expect([await bot.ended, bot.output()]).toEqual([0, expect.not.stringContaining('shutting down failed')])
  expect(performance.now() - told).toBeLessThan(ALLOWED)
  expect(processesOn(folder)).toEqual([])
  lockFolder(folder, 'the test').release()
}

describe('npm start, told to stop', () => {
  test('while it opens its folder', { timeout: LONG }, async () => {
    const { folder, env } = await discordEnv()
    // As an earlier version created it.
    await chmod(folder, 0o755)
    const bot = spawnBot(env)
    await bot.until(() => existsSync(path.join(folder, 'lock.json')), 'to its folder')
    await endsWell(bot, folder, 'SIGTERM')
    expect(bot.output()).not.toContain('Rushes is ready')
    const modeOf = async (file: string) => (await stat(file)).mode & 0o777
    expect([await modeOf(folder), await modeOf(path.join(folder, 'lock.sqlite'))]).toEqual([0o700, 0o600])
  })

  test('while a platform does not answer', { timeout: LONG }, async () => {
    const folder = await temporaryFolder()
    for (const platform of [
      (url: string) => ({ DISCORD_TOKEN: 'bm90.YQ.token', DISCORD_API_URL: `${url}/api` }),
      (url: string) => ({
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_APP_TOKEN: 'xapp-1',
        SLACK_API_URL: `${url}/api/`,
      }),
    ]) {
      const { url, asked } = await silence()
      const bot = spawnBot({ DATA_DIR: folder, ...platform(url) })
      await bot.until(asked, 'to the platform')
      await endsWell(bot, folder, 'SIGINT')
    }
  })

  test('on Discord and Slack, both of which it serves, by several signals at once', {
    timeout: LONG,
  }, async () => {
    const one = await discordEnv()
    const other = await slackEnv()
    const bot = await startBot({ ...one.env, ...other.env })
    expect(bot.output()).toMatch(/^Discord: .*\nSlack: in /m)
    expect(readable(await one.discord.user('ann').command('draft help').response())).toContain('Rushes')
    expect((await other.slack.user('ann').command('/draft help').reply()).text).toContain('Rushes')
    await endsWell(bot, one.folder, 'SIGTERM', 'SIGINT', 'SIGTERM')
    expect(bot.output().match(/"stopping"/g)).toHaveLength(1)
    expect(bot.output()).not.toContain('again')
    expect(one.discord.violations).toEqual([])
    await other.slack.until(() => other.slack.sockets.count() === 0)
    expect(other.slack.problems).toEqual([])
  })

  test('while it renders, and while it uploads', { timeout: 2 * LONG }, async () => {
    const { discord, folder, env: chat } = await discordEnv()
    const media = await temporaryFolder()
    const env = { ...chat, MEDIA_DIR: await plainMedia(media, ['bees dance']) }
    const ann = discord.user('ann')
    const thread = () => discord.messages(discord.threads()[0])
    const top = () => readable(thread()[0])
    const becomes = (what: string, condition: () => boolean) => discord.until(condition, what, LONG)
    const first = await startBot(env)
    await ann.command('draft create', { script: 'Bees dance.', format: 'square', music: 'none' }).response()
    await becomes('ready', () => top().includes('Ready to render'))
    const message = thread().at(-1)
    if (!message) throw new Error('There is no last message.')
    ann.press(message, 'Render')
    await becomes('the render', () => top().includes('[Cancel]'))
    await endsWell(first, folder, 'SIGTERM')

    // The message in the channel gets the video.
    const route = new RegExp(`/channels/${discord.channel.id}/messages/`)
    const upload = discord.fault({ method: 'PATCH', route, delay: 2 * ALLOWED })
    const second = await startBot(env)
    await becomes('the upload', () => upload.hits === 1)
    await endsWell(second, folder, 'SIGTERM')

    const third = await startBot(env)
    await becomes('the end', () => readable(discord.messages()[0]).includes('[Make changes]'))
    await endsWell(third, folder, 'SIGTERM')
    const videos = [...discord.messages(), ...thread()].filter(({ attachments }) =>
      attachments.some(({ filename }) => /^job_.*\.mp4$/.test(filename)),
    )
    expect(videos).toHaveLength(1)
    expect(discord.violations).toEqual([])
  })
})

test('a platform that refuses is for people to put right; one that cannot be reached is for a supervisor to try again', async () => {
  const { env } = await discordEnv()
  const refused = spawnBot({ ...env, DISCORD_TOKEN: 'bm90.YQ.token' })
  expect([await refused.ended, refused.output()]).toEqual([2, expect.stringMatching(/^DISCORD_TOKEN .*\n$/)])
  const lost = spawnBot({ ...env, DISCORD_API_URL: 'http://127.0.0.1:9/api' })
  expect([await lost.ended, lost.output()]).toEqual([3, expect.stringMatching(/^Discord .*reached.*\n$/)])
})
