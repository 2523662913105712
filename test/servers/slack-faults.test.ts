import type { App } from '@slack/bolt'
import { afterEach, expect, it } from 'vitest'
import { type BoltApp, type BoltOptions, startBolt } from './slack/bolt-app.ts'
import { type Slack, type SlackOptions, startSlack } from './slack/index.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function boltAt(
  slack: Slack,
  register: (app: App) => void,
  options: BoltOptions = {},
): Promise<BoltApp> {
  const bolt = await startBolt(slack, register, options)
  open.push({ close: bolt.stop })
  return bolt
}

async function slackWith(options: SlackOptions = {}): Promise<Slack> {
  const slack = await startSlack(options)
  open.push(slack)
  return slack
}

const echo = (app: App) => {
  app.command('/draft', async ({ ack, command }) => void (await ack(command.text)))
}

it('answers 429 with Retry-After, which the real client waits out', async () => {
  const slack = await slackWith()
  const { app } = await boltAt(slack, echo)
  slack.fault('chat.postMessage', { retryAfter: 1 })
  await app.client.chat.postMessage({ channel: slack.channel().id, text: 'patient' })
  const [first, second] = slack.callsTo('chat.postMessage')
  expect([first?.status, second?.status]).toEqual([429, 200])
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990)
})

it('limits the messages of one channel on request, not those of another', async () => {
  const slack = await slackWith({ rateLimit: { perSecond: 0.01, burst: 2 }, channels: ['drafts', 'other'] })
  const post = async (channel: string) => {
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: slack.channel(channel).id, text: 'quick' }),
    })
    return [response.status, response.headers.get('retry-after')]
  }
  const statuses = [await post('drafts'), await post('drafts'), await post('drafts'), await post('other')]
  expect(statuses.map(([status]) => status)).toEqual([200, 200, 429, 200])
  expect(Number(statuses[2]?.[1])).toBeGreaterThan(1)
  expect(slack.messages()).toHaveLength(2)
})

it('breaks calls in ways that the real client retries', async () => {
  const slack = await slackWith()
  const { app } = await boltAt(slack, echo)
  const channel = slack.channel().id
  slack.fault('chat.postMessage', { status: 503 })
  slack.fault('chat.postMessage', { reset: true })
  slack.fault('chat.postMessage', { delayMs: 20 })
  await app.client.chat.postMessage({ channel, text: 'once' })
  expect(slack.callsTo('chat.postMessage').map((c) => c.ok)).toEqual([false, false, true])
  expect(slack.messages()).toHaveLength(1)
  // A lost answer is indistinguishable from a lost request, so the client posts twice.
  slack.fault('chat.postMessage', { loseAnswer: true })
  await app.client.chat.postMessage({ channel, text: 'twice' })
  expect(slack.messages().filter((m) => m.text === 'twice')).toHaveLength(2)
  slack.fault('chat.postMessage', { error: 'fatal_error' })
  await expect(app.client.chat.postMessage({ channel, text: 'never' })).rejects.toThrow('fatal_error')
})

it('recycles: one connection leaves a gap, two leave none', async () => {
  const slack = await slackWith()
  const bolt = await boltAt(slack, echo, { clientPingTimeout: 1_000 })
  const ann = slack.user('ann')
  slack.sockets.recycle()
  await slack.until(() => slack.sockets.count() === 0, 'Bolt to close the old connection')
  expect(ann.command('/draft lost').failure).toBe('dispatch_failed')
  await slack.until(() => slack.sockets.count() === 1, 'Bolt to come back')
  expect((await ann.command('/draft back').reply()).text).toBe('back')
  await bolt.stop()
  await slack.until(() => slack.sockets.count() === 0, 'Bolt to stop')

  await boltAt(slack, echo, { clientPingTimeout: 1_000, sockets: 2 })
  expect(slack.sockets.count()).toBe(2)
  slack.sockets.recycle()
  await slack.until(() => slack.sockets.count() === 1, 'the old connection to close')
  const during = ann.command('/draft still here')
  await slack.until(() => during.replies().some((m) => m.text === 'still here'))
  await slack.until(() => slack.sockets.count() === 2, 'the second connection to come back')
  // Bolt 5.1 leaves an unhandled rejection if it is stopped before it has read the new connection's hello.
  expect((await ann.command('/draft settled').reply()).text).toBe('settled')
})

it('sends what a cut connection never acknowledged to the next one', async () => {
  const slack = await slackWith({ acknowledgementMs: 10_000 })
  let heard = 0
  await boltAt(
    slack,
    (app) => {
      app.command('/draft', async ({ ack }) => {
        heard += 1
        if (heard === 1) slack.sockets.drop()
        else await ack('second time')
      })
    },
    { clientPingTimeout: 300 },
  )
  expect((await slack.user('ann').command('/draft').reply()).text).toBe('second time')
  expect(heard).toBe(2)
})

it('notices that a half-open connection is given up', async () => {
  const slack = await slackWith()
  await boltAt(slack, echo, { clientPingTimeout: 300 })
  slack.sockets.freeze()
  await slack.until(() => slack.sockets.opened() === 2, 'a new connection')
  await slack.until(() => slack.sockets.count() >= 1)
  const interaction = slack.user('ann').command('/draft alive')
  expect((await interaction.reply()).text).toBe('alive')
})

it.each(['envelope', 'trigger'] as const)(
  'delivers twice (same %s), and a trigger opens only one form',
  async (same) => {
    const slack = await slackWith()
    const outcomes: string[] = []
    const title = { type: 'plain_text' as const, text: 'Form' }
    await boltAt(slack, (app) => {
      app.command('/draft', async ({ ack, body, client }) => {
        await ack()
        const view = { type: 'modal' as const, title, blocks: [] }
        await client.views.open({ trigger_id: body.trigger_id, view }).then(
          () => outcomes.push('ok'),
          (error: Error) => outcomes.push(error.message),
        )
      })
    })
    slack.deliverTwice(1, same)
    slack.user('ann').command('/draft')
    await slack.until(() => outcomes.length === 2)
    expect(outcomes.sort()).toEqual(['An API error occurred: exchanged_trigger_id', 'ok'])
    expect(slack.problems).toEqual([])
  },
)

it('shows the person an error when nobody acknowledges in time', async () => {
  const slack = await slackWith({ acknowledgementMs: 30 })
  let release: () => void = () => undefined
  await boltAt(slack, (app) => {
    app.command('/draft', async ({ ack }) => {
      await new Promise<void>((resolve) => {
        release = resolve
      })
      await ack('too late')
    })
  })
  const interaction = slack.user('ann').command('/draft')
  await expect(interaction.acknowledged()).rejects.toThrow('operation_timeout')
  release()
  await slack.until(() => interaction.ack?.late === true)
  expect(interaction.replies()).toEqual([])
})

it('retries an event until somebody is there', async () => {
  const slack = await slackWith({ eventRetriesMs: [1] })
  slack.event({ type: 'app_home_opened', user: slack.user('ann').id, channel: 'D1', tab: 'home' })
  const retries: unknown[] = []
  await boltAt(slack, (app) => {
    app.event(
      'app_home_opened',
      async ({ context }) => void retries.push([context.retryNum, context.retryReason]),
    )
  })
  await slack.until(() => retries.length === 1)
  expect(retries).toEqual([[1, 'connection_failed']])
})

it('calls an acknowledgement that Slack would reject a problem', async () => {
  const slack = await slackWith()
  const title = { type: 'plain_text' as const, text: 'Form' }
  await boltAt(slack, (app) => {
    app.command('/draft', async ({ ack, body, client }) => {
      await ack()
      const view = { type: 'modal' as const, title, submit: title, callback_id: 'f', blocks: [] }
      await client.views.open({ trigger_id: body.trigger_id, view })
    })
    app.view(
      'f',
      async ({ ack }) => void (await ack({ response_action: 'errors', errors: { nowhere: 'No.' } })),
    )
  })
  const ann = slack.user('ann')
  await ann.submit(await ann.command('/draft').view()).acknowledged()
  expect(slack.problems).toEqual([expect.stringContaining('errors_for_unknown_blocks')])
})

it('signs requests over HTTP, and Bolt refuses bad signatures', async () => {
  const slack = await slackWith()
  const retries: unknown[] = []
  await boltAt(
    slack,
    (app) => {
      echo(app)
      app.use(async ({ context, next }) => {
        retries.push([context.retryNum, context.retryReason])
        await next()
      })
    },
    { http: true },
  )
  const statuses = []
  for (const tamper of ['signature', 'timestamp', 'unsigned'] as const) {
    statuses.push((await slack.postToApp('command=%2Fdraft', { tamper })).status)
  }
  expect(statuses).toEqual([401, 401, 401])
  expect((await slack.postToApp('ssl_check=1')).status).toBe(200)
  const challenge = await slack.postToApp({ type: 'url_verification', challenge: 'c0ffee' })
  expect(JSON.parse(challenge.body)).toEqual({ challenge: 'c0ffee' })
  slack.deliverTwice()
  expect((await slack.user('ann').command('/draft signed').reply()).text).toBe('signed')
  await slack.until(() => retries.length === 2)
  expect(retries).toContainEqual([1, 'http_timeout'])
})

it('lets a response_url be used five times', async () => {
  const slack = await slackWith()
  const failures: string[] = []
  await boltAt(slack, (app) => {
    app.command('/draft', async ({ ack, respond }) => {
      await ack()
      for (let use = 1; use <= 6; use += 1) {
        const text = `use ${use}`
        await respond({ text, replace_original: use > 1 }).catch((error: Error) =>
          failures.push(error.message),
        )
      }
    })
  })
  const ann = slack.user('ann')
  ann.command('/draft')
  await slack.until(() => failures.length > 0)
  expect(failures).toEqual([expect.stringContaining('404')])
  expect(ann.ephemerals().map((m) => m.text)).toEqual(['use 5'])
  expect(slack.callsTo('response_url').at(-1)?.error).toBe('used_url')
})
