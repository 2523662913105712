import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { startSlack as connect } from '../../../../src/bot/surfaces/slack/start.ts'
import { SurfaceError } from '../../../../src/bot/surfaces/surface.ts'
import { testProgram } from '../../../factories/program.ts'
import { slackBot } from '../../../factories/slack.ts'
import { type Slack, startSlack } from '../../../servers/slack/index.ts'

/** Milliseconds between the requests to open a connection, as Slack received them. */
function pauses(slack: Slack): number[] {
  const times = slack.callsTo('apps.connections.open').map(({ at }) => at)
  return times.slice(1).map((at, index) => at - (times[index] ?? 0))
}

it('misses nothing while Slack replaces connections', async () => {
  const { slack } = await slackBot()
  const ann = slack.user('ann')
  await slack.until(() => slack.sockets.count() === 2)
  for (let round = 0; round < 3; round += 1) {
    slack.sockets.recycle()
    const answers = Array.from({ length: 5 }, () => ann.command('/draft help'))
    for (const answer of answers) expect((await answer.acknowledged()).late).toBe(false)
    for (const answer of answers) expect(await answer.reply()).toBeDefined()
    await slack.until(() => slack.sockets.count() === 2, 'the second connection')
    expect((await ann.command('/draft help').acknowledged()).late).toBe(false)
  }
  expect(slack.problems).toEqual([])
})

it('does what is sent while Slack replaces both connections at once', async () => {
  const { slack } = await slackBot({ whenOffline: 'wait', acknowledgementMs: 15_000 })
  await slack.until(() => slack.sockets.count() === 2)
  slack.sockets.recycle()
  slack.sockets.recycle()
  await slack.until(() => slack.sockets.count() === 0)
  const answer = slack.user('ann').command('/draft help')
  expect((await answer.acknowledged()).late).toBe(false)
  await slack.until(() => slack.sockets.count() === 2)
  expect(slack.sockets.opened()).toBe(4)
  expect(slack.problems).toEqual([])
})

it('comes back after cut and half-open connections, and does what they carried', async () => {
  const { slack } = await slackBot({ whenOffline: 'wait', acknowledgementMs: 15_000 })
  const ann = slack.user('ann')
  expect(await ann.command('/draft help').reply()).toBeDefined()
  await slack.until(() => slack.sockets.count() === 2)
  slack.sockets.drop()
  expect(await ann.command('/draft help').reply()).toBeDefined()
  await slack.until(() => slack.sockets.count() === 2)
  slack.sockets.freeze()
  await slack.until(() => slack.sockets.opened() >= 6, 'new connections', 30_000)
  expect(await ann.command('/draft help').reply()).toBeDefined()
  expect(slack.problems).toEqual([])
})

it('works with one connection where Slack refuses a second one', async () => {
  const { slack, surface } = await slackBot({ maxSockets: 1 })
  const ann = slack.user('ann')
  await slack.until(() => slack.callsTo('apps.connections.open').length === 3, 'another try')
  expect(slack.sockets.opened()).toBe(1)
  expect(pauses(slack)[1]).toBeGreaterThanOrEqual(490)
  expect(await ann.command('/draft help').reply()).toBeDefined()
  expect(surface.notes).toEqual([expect.stringContaining('Connected by Socket Mode')])
  // The second one comes as soon as Slack accepts it.
  slack.settings.maxSockets = 10
  await slack.until(() => slack.sockets.count() === 2)
})

it('keeps to one connection where a new one ends the old', async () => {
  const slack = await startSlack({ maxSockets: 1, whenFull: 'close_oldest' })
  onTestFinished(() => slack.close())
  const said: string[] = []
  const surface = await starting(slack, pino({ level: 'warn' }, { write: (line) => said.push(line) }))
  onTestFinished(() => surface.stop())
  await expect.poll(() => said.join(), { timeout: 20_000 }).toContain('only one is kept')
  const opened = slack.sockets.opened()
  expect(await slack.user('ann').command('/draft help').reply()).toBeDefined()
  slack.settings.maxSockets = 10
  slack.sockets.drop()
  await slack.until(() => slack.sockets.opened() > opened && slack.sockets.count() === 1)
  expect(await slack.user('ann').command('/draft help').reply()).toBeDefined()
  expect(slack.sockets.opened()).toBe(opened + 1)
})

it('waits longer and longer before it reopens a connection that ends at once', async () => {
  const { slack } = await slackBot({ warnsAtHello: true })
  await slack.until(() => slack.callsTo('apps.connections.open').length >= 8, 'eight openings', 30_000)
  const times = slack.callsTo('apps.connections.open').map(({ at }) => at)
  // Two connections, each with pauses of 0.5, 1 and 2 seconds.
  expect((times[7] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(3400)
})

it.each([{ retryAfter: 1 }, { error: 'ratelimited' }, { status: 503 }])(
  'tries again at the start when Slack answers %o',
  async (fault) => {
    const slack = await startSlack()
    onTestFinished(() => slack.close())
    slack.fault('apps.connections.open', fault)
    const surface = await starting(slack)
    onTestFinished(() => surface.stop())
    expect(slack.sockets.opened()).toBeGreaterThanOrEqual(1)
  },
)

it.each([
  ['too_many_websockets', /ten connections.*Stop other programs/],
  ['forbidden_team', /^Slack refused the connection \(forbidden_team\)\.$/],
  ['not_allowed_token_type', /^SLACK_APP_TOKEN is not accepted.*app-level token/],
])('says what is wrong when Slack refuses the first connection with %s', async (error, expected) => {
  const slack = await startSlack()
  onTestFinished(() => slack.close())
  slack.fault('apps.connections.open', { error }, 9)
  const thrown: unknown = await starting(slack).catch((refusal: unknown) => refusal)
  expect(thrown).toBeInstanceOf(SurfaceError)
  expect(thrown).toHaveProperty('message', expect.stringMatching(expected))
})

it('says that Slack asks to wait when it never lets the first connection in', async () => {
  const slack = await startSlack()
  onTestFinished(() => slack.close())
  slack.fault('apps.connections.open', { error: 'ratelimited' }, 9)
  await expect(starting(slack)).rejects.toThrow('Slack is not accepting more requests right now')
})

async function starting({ apiUrl, botToken, appToken }: Slack, log = pino({ level: 'silent' })) {
  const program = await testProgram({ start: false })
  return connect({ apiUrl, botToken, appToken, port: 0 }, program.bot, log)
}
