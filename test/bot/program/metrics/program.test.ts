import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { MetricsError } from '../../../../src/bot/program/metrics/server.ts'
import { lockFolder } from '../../../../src/jobs/lock.ts'
import { spawnBot } from '../../../factories/bot-process.ts'
import { discordBot } from '../../../factories/discord.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { freePort, scrape, valueIn } from '../../../factories/metrics.ts'
import { testProgram } from '../../../factories/program.ts'
import { slackBot } from '../../../factories/slack.ts'

const ANSWERED = (surface: string) => `rushes_acknowledgement_seconds_count{surface="${surface}"}`

async function takenPort(): Promise<number> {
  const port = await freePort()
  const server = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  return port
}

it('serves nothing without a port', async () => {
  expect((await testProgram({ start: false })).metricsPort).toBeNull()
})

it('is served to this machine only unless told, and healthy from the start to the stop', async () => {
  const port = await freePort()
  const program = await testProgram({ start: false, env: { METRICS_PORT: String(port) } })
  const health = async (host = '127.0.0.1') => (await fetch(`http://${host}:${port}/healthz`)).status
  expect(await health()).toBe(503)
  await program.start()
  expect(await health()).toBe(200)
  await expect(health('127.0.0.2')).rejects.toThrow()
  await program.stop()
  await expect(health()).rejects.toThrow()
  const elsewhere = await testProgram({ env: { METRICS_PORT: String(port), METRICS_HOST: '127.0.0.2' } })
  expect([elsewhere.metricsPort, await health('127.0.0.2')]).toEqual([port, 200])
  await expect(health()).rejects.toThrow()
})

it('keeps nothing when its port is taken', async () => {
  const folder = await temporaryFolder()
  const env = { METRICS_PORT: String(await takenPort()) }
  const refusal = await testProgram({ folder, env, locksFolder: true }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(MetricsError)
  lockFolder(folder, 'the test').release()
})

it('ends npm start with one line and code 2 when its port is taken', async () => {
  const METRICS_PORT = String(await takenPort())
  const bot = spawnBot({ DATA_DIR: await temporaryFolder(), DISCORD_TOKEN: 'bm90.YQ.token', METRICS_PORT })
  expect([await bot.ended, bot.output()]).toEqual([
    2,
    expect.stringMatching(/^METRICS_PORT .* is in use.*\n$/),
  ])
})

it('counts each interaction on Discord once, and tells nothing of drafts and people', async () => {
  const bot = await discordBot({ program: { env: { METRICS_PORT: String(await freePort()) } } })
  const draft = await bot.create()
  const modal = await bot.ann.press(draft.segment(1), 'Edit').modal()
  await bot.ann.submit(modal, { Narration: 'Secret words.' }).acknowledged()
  await bot.settle(draft.draftId)
  await bot.ann.command('draft help').response()
  const metrics = await scrape(bot.program.metricsPort)
  expect(valueIn(metrics, ANSWERED('discord'))).toBe(4)
  expect(valueIn(metrics, 'rushes_job_seconds_count{kind="create",state="done"}')).toBe(1)
  expect(metrics).not.toMatch(/draft_|job_\d|ann\b|tea|secret|one two/i)
})

it('counts each interaction on Slack once', async () => {
  const bot = await slackBot({ program: { env: { METRICS_PORT: String(await freePort()) } } })
  const { draftId, top } = await bot.create()
  const ann = bot.slack.user('ann')
  const form = await ann.press(bot.slack.thread(top)[0] ?? expect.fail(), 'Edit').view()
  await ann.submit(form, { Narration: 'Secret words.' }).acknowledged()
  await bot.settle(draftId)
  await ann.command('/draft help').reply()
  expect(valueIn(await scrape(bot.program.metricsPort), ANSWERED('slack'))).toBe(4)
})
