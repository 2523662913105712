import { describe, expect, test } from 'vitest'
import { discordBot } from '../../../factories/discord.ts'
import { fakeProviders } from '../../../fakes/providers.ts'
import type { Message } from '../../../servers/discord/types.ts'

/** Bytes: less than the segment's clip, which has some 67 000. */
const LIMIT = 50_000
const TEXT = `Number one ${'goes on and on '.repeat(4)}.`
const program = () => ({ fakes: fakeProviders([TEXT]), rendersAhead: true })
const options = { topic: 'Tea', format: 'square' }

const clipOf = (message: Message) => message.attachments.map(({ filename, size }) => [filename, size < LIMIT])

describe('the clip of a segment', { timeout: 120_000 }, () => {
  test('that is larger than Discord takes is shown in a copy that fits', async () => {
    const bot = await discordBot({ uploadLimit: LIMIT, program: program() })
    const draft = await bot.create({ options })
    const made = await bot.program.core.store.list('previews')
    expect(Math.max(...made.map(({ bytes }) => bytes))).toBeGreaterThan(LIMIT)
    expect(clipOf(draft.segment(1))).toEqual([['segment-1.mp4', true]])
    expect(bot.discord.requests.filter(({ code }) => code === 40005)).toEqual([])
    const before = draft.segment(1).edits
    bot.program.threads.refresh(draft.draftId)
    await bot.program.threads.settled()
    expect(draft.segment(1).edits).toBe(before)
  })

  test('that Discord refuses, although it said it would take it, is followed by a smaller copy', async () => {
    const saidUploadLimit = 10_000_000
    const bot = await discordBot({ uploadLimit: LIMIT, saidUploadLimit, program: program() })
    const draft = await bot.create({ options })
    expect(clipOf(draft.segment(1))).toEqual([['segment-1.mp4', true]])
    expect(bot.discord.requests.filter(({ code }) => code === 40005).length).toBeGreaterThan(0)
    const spot = { channelId: bot.discord.channel.id, threadId: draft.thread.id }
    const limit = await bot.surface.chat.uploadLimit(spot)
    // The bot remembers what was refused, and doesn't lower the limit more than necessary.
    expect(limit).toBeLessThan(saidUploadLimit / 10)
    expect(limit).toBeGreaterThan(LIMIT / 2)
  })
})
