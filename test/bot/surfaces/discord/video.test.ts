import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { discordBot, readable } from '../../../factories/discord.ts'
import { fakeProviders } from '../../../fakes/providers.ts'

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
    const modal = await bot.ann.press(draft.top(), 'Render').modal()
    bot.ann.submit(modal, { Music: 'No music' })
    const video = () =>
      draft.messages().find(({ attachments }) => attachments[0]?.filename.startsWith('job_'))
    const posted = await bot.discord.until(video, 'the video', 100_000)
    const [file, ...beside] = posted.attachments
    const kinds = beside.map(({ filename }) => filename.slice(filename.lastIndexOf('.')))
    expect(kinds.sort()).toEqual(['.jpg', '.srt', '.vtt'])
    expect(file?.size).toBeLessThanOrEqual(LIMIT)
    expect(file?.size).toBeGreaterThan(10_000)
    expect(readable(posted)).toContain(
      `${EN.video.smallerCopy(`${(LIMIT / 1024 / 1024).toFixed(1)} MB`)} \`videos/${draft.draftId}`,
    )
    const line = await bot.discord.until(() => bot.discord.messages()[1], 'the line in the channel')
    expect(readable(line)).toContain(
      `](https://discord.com/channels/${bot.discord.guild.id}/${draft.thread.id}/${posted.id})`,
    )
    expect(bot.discord.requests.filter(({ code }) => code === 40005)).toEqual([])
  })

  test('can be cancelled on its way, and rendered again', async () => {
    const bot = await discordBot()
    const draft = await bot.create({ options: { topic: 'Tea', format: 'square' } })
    bot.ann.submit(await bot.ann.press(draft.top(), 'Render').modal())
    await bot.discord.until(() => readable(draft.top()).includes('[Cancel]'), 'the render')
    const [refused] = await bot.ben.press(draft.segment(1), 'Edit').privateMessages()
    expect(readable(refused)).toBe(EN.errors.draft_busy(undefined))
    bot.ben.press(draft.top(), 'Cancel')
    await bot.discord.until(() => readable(draft.top()).includes(EN.draft.renderCancelled), 'the cancel')
    await bot.settle(draft.draftId)
    expect(readable(draft.top())).toContain('[Render]')
    expect(draft.messages()).toHaveLength(4)
  })
})
