import { mkdir, writeFile } from 'node:fs/promises'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createChat } from '../../../../src/bot/surfaces/slack/chat.ts'
import { createClient } from '../../../../src/bot/surfaces/slack/client.ts'
import { SlackFiles } from '../../../../src/bot/surfaces/slack/files.ts'
import { SCOPES } from '../../../../src/bot/surfaces/slack/manifest.ts'
import { createPacing } from '../../../../src/bot/surfaces/slack/pacing.ts'
import {
  FileTooLargeError,
  LockedError,
  PermissionError,
  type Spot,
} from '../../../../src/bot/thread/chat.ts'
import type { MessageView } from '../../../../src/bot/view/types.ts'
import { LocalStore } from '../../../../src/core/media/store/local-store.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import { startSlack } from '../../../servers/slack/index.ts'

const log = pino({ level: 'silent' })
const line = (text: string): MessageView => ({
  summary: text,
  tone: 'good',
  blocks: [{ type: 'text', text }],
})
const film: MessageView = {
  summary: 'The film',
  tone: 'good',
  blocks: [
    { type: 'heading', text: 'Tea' },
    { type: 'files', files: [{ path: 'videos/v.mp4', name: 'job_1.mp4', kind: 'video', alt: '' }] },
  ],
}

/** A thread at Slack, and a function that makes a chat as each new process does. */
async function thread() {
  const slack = await startSlack({ scopes: Object.keys(SCOPES) })
  onTestFinished(() => slack.close())
  const store = new LocalStore(await temporaryFolder())
  await mkdir(onDisk(store, 'videos'), { recursive: true })
  await writeFile(
    onDisk(store, 'videos/v.mp4'),
    Buffer.concat([Buffer.alloc(4), Buffer.from('ftypisom'), Buffer.alloc(200)]),
  )
  const start = () => {
    const client = createClient(slack.botToken, slack.apiUrl, log)
    return createChat({
      client,
      files: new SlackFiles(client, store, log),
      lanes: createPacing(),
      botName: 'rushes',
      log,
    })
  }
  const channel: Spot = { channelId: slack.channel().id, threadId: null }
  const opened = await start().openThread(
    channel.channelId,
    'Tea',
    { ...line('opened'), noThread: '' },
    'opening',
  )
  const top = slack.messages()[0]
  if (!top) throw new Error('No thread was opened.')
  return {
    slack,
    start,
    channel,
    opened,
    top,
    films: () => slack.thread(top).filter(({ files }) => files.length > 0),
  }
}

describe('the same nonce', () => {
  it('posts a video once, whatever the look for its message says', async () => {
    const { slack, start, opened, films } = await thread()
    const chat = start()
    slack.withoutScope('channels:history')
    const first = await chat.send(opened, film, 'video')
    expect(first.messageId).toMatch(/^file:F/)
    expect(films()).toHaveLength(1)
    expect(films()[0]?.files).toMatchObject([{ title: 'job_1.mp4', altText: 'The film' }])
    slack.setScopes(Object.keys(SCOPES))
    expect(await chat.send(opened, film, 'video')).toMatchObject({ messageId: films()[0]?.ts })
    expect(films()).toHaveLength(1)
  }, 30_000)

  it('is found in a thread and in the channel by the next process, whatever that sends first', async () => {
    const { slack, start, channel, opened, top, films } = await thread()
    const before = start()
    const sent = {
      film: await before.send(opened, film, 'video'),
      segment: await before.send(opened, line('segment'), 'segment'),
      done: await before.send(channel, line('done'), 'done'),
    }
    const after = start()
    await after.send(opened, line('something else'), 'other')
    expect((await after.send(opened, line('segment'), 'segment')).messageId).toBe(sent.segment.messageId)
    expect((await after.send(opened, film, 'video')).messageId).toBe(sent.film.messageId)
    expect((await after.send(channel, line('done'), 'done')).messageId).toBe(sent.done.messageId)
    expect(
      await after.openThread(channel.channelId, 'Tea', { ...line('opened'), noThread: '' }, 'opening'),
    ).toMatchObject({
      threadId: opened.threadId,
    })
    expect(films()).toHaveLength(1)
    expect(slack.thread(top)).toHaveLength(3)
    expect(slack.messages()).toHaveLength(2)
    // Each process reads a thread and a channel once, not once per message.
    expect(slack.callsTo('conversations.history').length).toBeLessThanOrEqual(4)
    // Another video has another nonce.
    await after.send(opened, film, 'another video')
    expect(films()).toHaveLength(2)
  })

  it('posts once when it is sent twice at the same time', async () => {
    const { start, opened, films } = await thread()
    const chat = start()
    const [one, other] = await Promise.all([
      chat.send(opened, film, 'video'),
      chat.send(opened, film, 'video'),
    ])
    expect(one).toEqual(other)
    expect(films()).toHaveLength(1)
  })
})

describe('what Slack says about messages', () => {
  it.each([{ ok: true }, { ok: true, messages: [] }, { ok: true, messages: null }])(
    'takes no thread for deleted because of the answer %o',
    async (answer) => {
      const { slack, start, opened } = await thread()
      const chat = start()
      const { messageId } = await chat.send(opened, line('segment'), 'segment')
      slack.fault('conversations.replies', { status: 200, body: JSON.stringify(answer) })
      expect(await chat.present(opened, [messageId])).toEqual(new Set([messageId]))
      expect(await chat.present(opened, [messageId, '1.000001'])).toEqual(new Set([messageId]))
    },
  )

  it('tells a message that cannot be edited from one that is gone', async () => {
    const { slack, start, opened, top } = await thread()
    for (const error of ['edit_window_closed', 'cant_update_message']) {
      slack.fault('chat.update', { error })
      await expect(start().edit(opened, top.ts, line('new'), {})).rejects.toBeInstanceOf(LockedError)
    }
  })

  it('halves its limit for uploads when a video is too large there, and posts none where none may be', async () => {
    const { slack, start, opened } = await thread()
    const chat = start()
    slack.settings.maxFileBytes = 100
    await expect(chat.send(opened, film, 'video')).rejects.toBeInstanceOf(FileTooLargeError)
    expect(await chat.uploadLimit(opened)).toBe(106)
    slack.fault('files.getUploadURLExternal', { error: 'file_uploads_disabled' })
    await expect(chat.send(opened, film, 'video')).rejects.toBeInstanceOf(PermissionError)
    expect(await chat.uploadLimit(opened)).toBe(0)
  })
})

it('posts no faster than Slack takes messages in one channel', async () => {
  const { slack, start, opened, top } = await thread()
  slack.settings.rateLimit = { perSecond: 1, burst: 5 }
  const chat = start()
  await Promise.all(Array.from({ length: 7 }, (_, n) => chat.send(opened, line(`${n}`), `number ${n}`)))
  expect(slack.thread(top).map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4', '5', '6'])
  expect(slack.callsTo('chat.postMessage').filter(({ status }) => status === 429)).toEqual([])
}, 30_000)
