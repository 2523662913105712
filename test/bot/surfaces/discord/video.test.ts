import { MessageFlags } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { discordBot, readable } from '../../../factories/discord.ts'
import { fakeProviders } from '../../../fakes/providers.ts'
import { pingsOf } from '../../../servers/discord/plain-text.ts'

const EN = wordsFor('en')
/** Bytes: less than the video, enough for a picture. */
const LIMIT = 90_000

describe('the finished video', () => {
  test('that is larger than Discord takes is posted as a copy that fits, and says where the full one is', {
    timeout: 120_000,
  }, async () => {
    const fakes = fakeProviders([`Number one ${'goes on and on '.repeat(5)}.`])
    fakes.pace = 15
    const bot = await discordBot({ uploadLimit: LIMIT, program: { fakes } })
    const draft = await bot.create({ options: { topic: 'Tea', format: 'square' } })
    bot.ann.submit(await bot.ann.press(draft.controls(), 'Change look').modal(), { Music: 'No music' })
    await bot.settle(draft.draftId)
    bot.ben.press(draft.controls(), 'Render')
    const video = () =>
      bot.discord.messages().find(({ attachments }) => attachments[0]?.filename.startsWith('job_'))
    const posted = await bot.discord.until(video, 'the video', 100_000)
    await bot.settle(draft.draftId)
    // It is the message that announced the draft: the channel has no other.
    expect(posted.id).toBe(draft.announcement.id)
    expect(bot.discord.messages()).toHaveLength(1)
    const [file] = posted.attachments
    expect(file?.size).toBeLessThanOrEqual(LIMIT)
    expect(file?.size).toBeGreaterThan(10_000)
    expect(readable(posted)).toContain(
      `${EN.video.smallerCopy(`${(LIMIT / 1024 / 1024).toFixed(1)} MB`)} \`videos/${draft.draftId}`,
    )
    // The people waiting for it are notified and get a link; no other notifications are sent.
    const told = draft.messages().filter((message) => pingsOf(message).length > 0)
    expect(told.map(({ id }) => id)).toEqual([draft.controls().id])
    expect(pingsOf(draft.controls()).sort()).toEqual([`<@${bot.ann.id}>`, `<@${bot.ben.id}>`].sort())
    expect(readable(draft.controls())).toContain(
      `](https://discord.com/channels/${bot.discord.guild.id}/${bot.discord.channel.id}/${posted.id})`,
    )
    const loud = draft.messages().filter(({ flags }) => (flags & MessageFlags.SuppressNotifications) === 0)
    expect(loud.map(({ id }) => id)).toEqual([draft.controls().id])
    const [files] = await bot.ben.press(posted, 'Download').privateMessages()
    const kinds = files?.attachments.map(({ filename }) => filename.slice(filename.lastIndexOf('.')))
    expect(kinds?.sort()).toEqual(['.jpg', '.mp4', '.srt', '.vtt'])
    expect(bot.discord.requests.filter(({ code }) => code === 40005)).toEqual([])
  })

  test('can be cancelled on its way, and rendered again', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create({ options: { topic: 'Tea', format: 'square' } })
    bot.ann.press(draft.controls(), 'Render')
    await bot.discord.until(() => readable(draft.top()).includes('[Cancel]'), 'the render')
    const [refused] = await bot.ben.press(draft.segment(1), 'Edit').privateMessages()
    expect(readable(refused)).toBe(EN.errors.draft_busy(undefined))
    bot.ben.press(draft.top(), 'Cancel')
    await bot.discord.until(() => readable(draft.top()).includes(EN.draft.renderCancelled), 'the cancel')
    await bot.settle(draft.draftId)
    expect(readable(draft.controls())).toContain('[Render]')
    expect(draft.messages()).toHaveLength(3)
  })
})
