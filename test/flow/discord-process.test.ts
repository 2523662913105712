import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { findFfmpeg } from '../../src/core/media/ffmpeg/ffmpeg.ts'
import { probeMedia } from '../../src/core/media/ffmpeg/probe.ts'
import { EMBEDDED } from '../core/media/material.ts'
import { type BotProcess, startBot } from '../factories/bot-process.ts'
import { readable } from '../factories/discord.ts'
import { temporaryFolder } from '../factories/folder.ts'
import { plainMedia } from '../factories/plain-media.ts'
import type { Person } from '../servers/discord/person.ts'
import { type Discord, startDiscord } from '../servers/discord/start.ts'
import type { Channel, Message } from '../servers/discord/types.ts'

/** Timeout for real rendering on a possibly busy machine. */
const LONG = 150_000
/** As short as possible, since each second of film costs time; the first film has the music. */
const SCRIPT = { script: 'Bees dance.\n\nThe others watch.', music: 'none' }

interface Scene {
  discord: Discord
  ann: Person
  folder: string
  bot: BotProcess
  /** Starts the program again with the same data. */
  restart(): Promise<void>
}

/**
 * `npm start` with the embedded providers, connected to a fake Discord; with a team's own footage where drawn scenes aren't what
 * is tested.
 */
async function scene({ drawsScenes }: { drawsScenes: boolean }): Promise<Scene> {
  const discord = await startDiscord()
  onTestFinished(() => discord.stop())
  const folder = await temporaryFolder()
  const media = path.join(folder, 'media')
  const env = {
    ...{ DATA_DIR: path.join(folder, 'data'), DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
    ...(drawsScenes ? {} : { MEDIA_DIR: await plainMedia(media, ['bees dance hum', 'others watch']) }),
  }
  const made: Scene = {
    discord,
    ann: discord.user('ann'),
    folder,
    bot: await startBot(env),
    restart: async () => {
      made.bot = await startBot(env)
    },
  }
  return made
}

function draftIn({ discord, ann }: Scene, thread: Channel) {
  const messages = () => discord.messages(thread)
  const at = (place: number): Message => {
    const message = messages()[place]
    if (!message) throw new Error(`There is no message ${place}.`)
    return message
  }
  const top = () => readable(messages()[0])
  const videos = () =>
    [...discord.messages(), ...messages()].filter((message) =>
      message.attachments.some(({ filename }) => /^job_.*\.mp4$/.test(filename)),
    )
  return {
    at,
    top,
    videos,
    becomes: (what: string, condition: () => unknown) => discord.until(condition, what, LONG),
    ready: () => discord.until(() => top().includes('Ready to render'), 'the draft to be ready', LONG),
    edit: async (place: number, values: Record<string, string>) => {
      const modal = await ann.press(at(place), 'Edit').modal()
      ann.submit(modal, values)
    },
    /** A draft made from an outline has blanks left, and the bot asks about them. */
    render: async ({ hasBlanks = false } = {}) => {
      const sent = ann.press(at(messages().length - 1), 'Render')
      if (!hasBlanks) return
      const [question] = await sent.privateMessages()
      if (question) ann.press(question, 'Render all the same')
    },
    /** The only video in the channel, and the message in the thread that announces it. */
    video: async () => {
      const message = await discord.until(() => videos()[0], 'the video', LONG)
      await discord.until(
        () => messages().some((line) => readable(line).includes('is ready.')),
        'the message that tells of it',
      )
      const [file] = message.attachments
      if (!file) throw new Error('There is no file.')
      return discord.file(file.url)
    },
  }
}

async function create(stage: Scene, options: Record<string, string | number>) {
  const { discord, ann } = stage
  const announcement = await ann.command('draft create', { format: 'square', ...options }).response()
  expect(readable(announcement)).toContain('ann started a draft')
  return draftIn(stage, await discord.thread())
}

async function probe(folder: string, bytes: Buffer) {
  const file = path.join(folder, 'posted.mp4')
  await writeFile(file, bytes)
  return probeMedia(await findFfmpeg({ ffmpegPath: EMBEDDED }), file)
}

describe('npm start on Discord, with the embedded providers', () => {
  test('from a topic to a posted video', { timeout: 2 * LONG }, async () => {
    const stage = await scene({ drawsScenes: true })
    const { discord, ann } = stage
    expect(stage.bot.output()).toContain('https://discord.com/oauth2/authorize')
    const draft = await create(stage, { topic: 'Bees', duration: '8', language: 'en' })
    await draft.ready()
    const before = draft.at(2).attachments.map(({ id }) => id)

    // An outline is long, and each second of film costs time. One blank is left in it.
    await draft.edit(2, { Narration: '[Your fact: why they hum.]', 'Footage search': 'city at night' })
    await draft.becomes('the new footage', () => {
      const now = draft.at(2)
      return (
        readable(now).includes('city at night') && now.attachments.every(({ id }) => !before.includes(id))
      )
    })
    await draft.edit(1, { Narration: 'Bees are *never* late.' })
    await draft.becomes('the new text', () => readable(draft.at(1)).includes('> Bees are never late.'))
    await draft.ready()
    ann.press(draft.at(1), 'New take')
    await draft.ready()
    await draft.becomes('a playable clip', () =>
      draft.at(1).attachments.some(({ filename }) => filename.endsWith('.mp4')),
    )

    await draft.render({ hasBlanks: true })
    await draft.becomes('the progress', () => draft.top().includes('▱') || draft.videos().length > 0)
    const media = await probe(stage.folder, await draft.video())
    expect(media).toMatchObject({ width: 1080, height: 1080, videoCodec: 'h264', audioCodec: 'aac' })
    expect(media.duration).toBeGreaterThan(3)
    expect(draft.top()).toContain('Finished')
    expect(draft.videos()).toHaveLength(1)
    expect(discord.violations).toEqual([])
    expect(discord.requests.filter(({ status }) => status >= 400)).toEqual([])
    expect(await stage.bot.stop()).toBe(0)
  })

  test('stopped and started in the middle: nothing is lost and nothing posted twice', {
    timeout: 2 * LONG,
  }, async () => {
    const stage = await scene({ drawsScenes: false })
    const draft = await create(stage, SCRIPT)
    await draft.becomes('the first segment', () =>
      readable(stage.discord.messages(stage.discord.threads()[0])[1]),
    )
    expect(await stage.bot.stop()).toBe(0)
    await stage.restart()
    await draft.ready()
    await draft.edit(1, { Narration: 'Bees hum.' })
    await draft.becomes('the edit', () => readable(draft.at(1)).includes('> Bees hum.'))
    await draft.ready()
    await draft.render()
    await draft.becomes('the render', () => draft.top().includes('[Cancel]'))
    expect(await stage.bot.stop()).toBe(0)
    await stage.restart()
    const media = await probe(stage.folder, await draft.video())
    expect(media).toMatchObject({ width: 1080, height: 1080 })
    expect(draft.videos()).toHaveLength(1)
    expect(stage.discord.threads()).toHaveLength(1)
    expect(stage.discord.messages()).toHaveLength(1)
    expect(stage.discord.violations).toEqual([])
  })

  test('killed while it renders: the next start goes on', { timeout: 2 * LONG }, async () => {
    const stage = await scene({ drawsScenes: false })
    const draft = await create(stage, { ...SCRIPT, script: 'Bees dance.' })
    await draft.ready()
    await draft.render()
    await draft.becomes('the render', () => draft.top().includes('[Cancel]'))
    await stage.bot.stop('SIGKILL')
    await stage.restart()
    const media = await probe(stage.folder, await draft.video())
    expect(media.duration).toBeGreaterThan(2)
    await draft.becomes('the draft to be finished', () => draft.top().includes('Finished'))
    expect(draft.videos()).toHaveLength(1)
    expect(stage.discord.threads()).toHaveLength(1)
    expect(stage.discord.violations).toEqual([])
  })
})
