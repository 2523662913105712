import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { loadSettings } from '../../../../src/bot/program/config.ts'
import { configuredSurfaces } from '../../../../src/bot/program/configured-surfaces.ts'
import { SCOPES, slackManifest } from '../../../../src/bot/surfaces/slack/manifest.ts'
import { startSlack as connect } from '../../../../src/bot/surfaces/slack/start.ts'
import { SurfaceError } from '../../../../src/bot/surfaces/surface.ts'
import { testProgram } from '../../../factories/program.ts'
import { connectTo, slackBot } from '../../../factories/slack.ts'
import { startSlack } from '../../../servers/slack/index.ts'
import type { Channel } from '../../../servers/slack/world.ts'

async function failure(change: Partial<Parameters<typeof connect>[0]>): Promise<string> {
  const slack = await startSlack()
  onTestFinished(() => slack.close())
  const program = await testProgram({ start: false })
  const { apiUrl, botToken, appToken } = slack
  const starting = connect(
    { apiUrl, botToken, appToken, port: 0, ...change },
    program.bot,
    pino({ level: 'silent' }),
  )
  const error = await starting.then(
    (surface) => surface.stop().then(() => new Error('It started.')),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SurfaceError)
  return error instanceof Error ? error.message : ''
}

it('says in one line which setting is wrong, without repeating it', async () => {
  const secret = 'xoxb-very-secret'
  const bot = await failure({ botToken: secret })
  expect(bot).toMatch(/^SLACK_BOT_TOKEN is not accepted by Slack \(invalid_auth\).*$/)
  expect(await failure({ appToken: 'xapp-wrong' })).toMatch(/^SLACK_APP_TOKEN is not accepted.*$/)
  expect(await failure({ appToken: null })).toContain('SLACK_SIGNING_SECRET')
  expect(await failure({ apiUrl: 'http://127.0.0.1:1/api/' })).toMatch(
    /^Slack cannot be reached: .*SLACK_API_URL\.$/,
  )
  expect(bot).not.toContain(secret)
})

it('says when the port is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const message = await failure({ appToken: null, signingSecret: 'secret', port, host: '127.0.0.1' })
  expect(message).toBe(`PORT ${port} on 127.0.0.1 is in use by another program. Set PORT to a free port.`)
})

it('listens over HTTP on this machine alone unless HOST says otherwise', async () => {
  const slack = await startSlack()
  onTestFinished(() => slack.close())
  const program = await testProgram({ start: false })
  /** The address it says it listens on, and whether it answers at another address of this machine. */
  const listening = async (env: NodeJS.ProcessEnv) => {
    const port = await freePort()
    const settings = loadSettings({
      ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: 'secret', SLACK_API_URL: slack.apiUrl },
      ...{ PORT: String(port), ...env },
    })
    const [start] = configuredSurfaces(settings)
    const surface = await start?.(program.bot)
    const answers = (host: string) =>
      fetch(`http://${host}:${port}/slack/events`, { method: 'POST' }).then(
        () => true,
        () => false,
      )
    try {
      const other = Object.values(networkInterfaces())
        .flat()
        .find((address) => address?.family === 'IPv4' && !address.internal)?.address
      return {
        where: surface?.notes[0]?.replace(String(port), 'N'),
        here: await answers('127.0.0.1'),
        elsewhere: other === undefined ? null : await answers(other),
      }
    } finally {
      await surface?.stop()
    }
  }
  expect(await listening({})).toMatchObject({
    where: expect.stringMatching(/Listening for \/slack\/events on 127\.0\.0\.1, port N\.$/),
    here: true,
    elsewhere: expect.toBeOneOf([false, null]),
  })
  expect(await listening({ HOST: '0.0.0.0' })).toMatchObject({
    where: expect.stringMatching(/on 0\.0\.0\.0, port N\.$/),
    here: true,
    elsewhere: expect.toBeOneOf([true, null]),
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

it('calls Slack only at the given address, and holds two connections', async () => {
  const { slack, surface } = await slackBot()
  await slack.until(() => slack.sockets.count() === 2)
  expect(slack.calls.map(({ method }) => method)).toEqual([
    'auth.test',
    'apps.connections.open',
    'apps.connections.open',
  ])
  expect(surface.notes).toEqual([expect.stringContaining('in Studio as @rushes')])
  await surface.stop()
  await slack.until(() => slack.sockets.count() === 0)
})

it('takes what people do before the start is over, and shows it once', async () => {
  const slack = await startSlack({ commands: ['/draft'] })
  onTestFinished(() => slack.close())
  const program = await testProgram({ start: false })
  // The first connection is open, the second not yet.
  slack.fault('apps.connections.open', { delayMs: 1000 }, 1, 1)
  const starting = connectTo(slack, program)
  await slack.until(() => slack.sockets.count() === 1)
  await slack.user('ann').command('/draft create Tea').acknowledged()
  await starting
  await program.start()
  await slack.until(() => slack.messages().length > 0)
  await program.queue.idle()
  await program.threads.settled()
  expect(slack.messages()).toHaveLength(1)
  expect(slack.thread(slack.messages()[0] ?? expect.fail())).toHaveLength(4)
})

it('says since when it is not connected', async () => {
  const { slack, surface } = await slackBot()
  expect(surface.downSince()).toBeNull()
  slack.sockets.refuse(true)
  slack.sockets.drop()
  await slack.until(() => surface.downSince() !== null)
  slack.sockets.refuse(false)
  await slack.until(() => surface.downSince() === null)
})

it('gives up a connection to which nobody says hello', async () => {
  const { slack, surface, program } = await slackBot()
  await slack.until(() => slack.sockets.count() === 2)
  await surface.stop()
  slack.sockets.silence(true)
  await expect(connectTo(slack, program)).rejects.toThrow(/^Slack cannot be reached: .*hello/)
  slack.sockets.silence(false)
  await connectTo(slack, program)
  expect((await slack.user('ann').command('/draft help').reply()).text).toContain('Rushes')
})

it('says that something other than Slack answers', async () => {
  const { slack, surface, program } = await slackBot()
  await surface.stop()
  slack.fault('auth.test', { status: 200, body: '<html>\n<body>Sign in</body></html>' }, 99)
  const refused = connectTo(slack, program)
  await expect(refused).rejects.toThrow(/^Something other than Slack answered\. [^\n<]*$/)
})

it('can be stopped while it connects, and started again', async () => {
  const { slack, surface, program } = await slackBot()
  await slack.until(() => slack.sockets.count() === 2)
  slack.sockets.refuse(true)
  slack.sockets.drop()
  await slack.until(() => slack.callsTo('apps.connections.open').length > 2)
  await surface.stop()
  slack.sockets.refuse(false)
  await connectTo(slack, program)
  expect((await slack.user('ann').command('/draft help').reply()).text).toContain('Rushes')
})

it('refuses what Slack did not sign', async () => {
  const { slack } = await slackBot({ http: true })
  for (const tamper of ['signature', 'timestamp', 'unsigned'] as const)
    expect((await slack.postToApp('command=%2Fdraft&text=help', { tamper })).status).toBe(401)
})

it('prints a manifest with the same command, and exactly the scopes that are used', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['src/bot/surfaces/slack/manifest-cli.ts'])
  const manifest: unknown = JSON.parse(stdout)
  expect(manifest).toEqual(JSON.parse(JSON.stringify(slackManifest())))
  expect(manifest).toMatchObject({
    features: {
      slash_commands: [
        { command: '/draft', usage_hint: expect.stringContaining('create [topic] script:"…" format:shorts') },
      ],
      app_home: { messages_tab_enabled: true },
      shortcuts: [{ name: 'Make a draft from this', type: 'message' }],
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: { socket_mode_enabled: true },
  })
  expect(slackManifest('https://rushes.example.com')).toMatchObject({
    features: { slash_commands: [{ url: 'https://rushes.example.com/slack/events' }] },
    settings: {
      interactivity: { request_url: 'https://rushes.example.com/slack/events' },
      socket_mode_enabled: false,
    },
  })
})

it('needs no other scope than the manifest asks for', async () => {
  const { slack, create, program } = await slackBot({ scopes: Object.keys(SCOPES), segments: 1 })
  const { draftId, top } = await create()
  await program.threads.sync(draftId)
  expect(slack.thread(top)).toHaveLength(2)
  expect(slack.calls.filter(({ error }) => error === 'missing_scope')).toEqual([])
})

/**
 * The kinds of conversations in which each scope is needed. `commands` and `app_mentions:read` let Slack send anything at all,
 * which no call shows; notes.test.ts covers what follows from mentions.
 */
const NEEDED: Record<keyof typeof SCOPES, Channel['kind'] | null> = {
  commands: null,
  'chat:write': 'public',
  'files:write': 'public',
  // Only used to read a picture that comes with a form: see pronunciation.test.ts.
  'files:read': null,
  'users:read': 'public',
  'channels:history': 'public',
  'groups:history': 'private',
  'im:history': 'im',
  'channels:read': 'public',
  'groups:read': 'private',
  'im:read': 'im',
  'mpim:read': 'mpim',
  'mpim:history': 'mpim',
  'app_mentions:read': null,
  'reactions:write': null,
  // Only needed where approvals must come from a user group: see reviewers.test.ts.
  'usergroups:read': null,
}

it.each(Object.entries(NEEDED).filter(([, kind]) => kind !== null))(
  'misses the scope %s where it is not granted',
  async (scope, kind) => {
    const granted = Object.keys(SCOPES).filter((other) => other !== scope)
    const { slack, program } = await slackBot({
      scopes: granted,
      channels: [{ name: 'drafts' }],
      segments: 1,
    })
    slack.channel().kind = kind ?? 'public'
    const ann = slack.user('ann')
    slack.channel().members.add(ann.id)
    ann.command('/draft create Tea')
    const missed = () => slack.calls.filter(({ error }) => error === 'missing_scope')
    await slack.until(() => missed().length > 0)
    expect(new Set(missed().map(({ answer }) => answer?.needed))).toEqual(new Set([scope]))
    await program.threads.settled()
  },
)
