import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { RevisionEntity } from '../../../../src/db/entities/revision.ts'
import { type Created, type DiscordBot, discordBot, readable } from '../../../factories/discord.ts'

const EN = wordsFor('en')
const CALLBACK = '/interactions/{interaction_id}/{interaction_token}/callback'
const MESSAGES = '/channels/{channel_id}/messages'
const MESSAGE = '/channels/{channel_id}/messages/{message_id}'

const order = (draft: Created) =>
  draft
    .messages()
    .slice(1, -1)
    .map((message) => /> (\w+)/.exec(readable(message))?.[1])
const revisions = (bot: DiscordBot, draftId: string) =>
  bot.program.core.db.fork().count(RevisionEntity, { draftId })

describe('when Discord has trouble', () => {
  test('rate limits and failures are waited out, and nothing is posted twice', async () => {
    const bot = await discordBot()
    const faults = [
      bot.discord.fault({ method: 'POST', route: MESSAGES, status: 429, retryAfter: 0.3 }),
      bot.discord.fault({ method: 'POST', route: MESSAGES, after: 1, status: 503 }),
      bot.discord.fault({ method: 'POST', route: MESSAGES, after: 2, status: 500, applied: true }),
      bot.discord.fault({ method: 'PATCH', route: MESSAGE, status: 429, scope: 'global', retryAfter: 0.2 }),
      bot.discord.fault({ method: 'PATCH', route: MESSAGE, after: 2, status: 502, applied: true }),
    ]
    const draft = await bot.create()
    expect(faults.map(({ hits }) => hits)).toEqual([1, 1, 1, 1, 1])
    expect(draft.messages()).toHaveLength(5)
    expect(readable(draft.top())).toContain(EN.status.assets_ready)
    expect(order(draft)).toEqual(['One', 'Four', 'Seven'])
  })

  test('a lost connection is resumed, and what happened meanwhile arrives', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create()
    bot.discord.gateway.drop()
    const interaction = bot.ann.press(draft.segment(1), 'Edit')
    expect((await interaction.modal()).text).toContain('One two three.')
    expect([bot.discord.gateway.resumed, bot.discord.gateway.identified]).toEqual([1, 1])
    bot.discord.gateway.reconnect()
    await bot.discord.until(() => bot.discord.gateway.resumed === 2, 'the second resume')
    const help = async () => readable(await bot.ann.command('draft help').response())
    expect(await help()).toContain(EN.private.help[0])
    bot.discord.gateway.invalidate(false)
    await bot.discord.until(() => bot.discord.gateway.identified === 2, 'a new session')
    expect(await help()).toContain(EN.private.help[0])
  })
})

describe('an interaction that is not acknowledged in time', () => {
  test('changes nothing', async () => {
    const bot = await discordBot()
    const draft = await bot.create()
    const before = await revisions(bot, draft.draftId)
    const modal = await bot.ann.press(draft.segment(1), 'Edit').modal()
    const late = [
      bot.ann.choose(draft.segment(1), 'More…', 'Move down'),
      bot.ann.press(draft.segment(1), 'New take'),
      bot.ann.submit(modal, { Narration: 'Too late.' }),
      bot.ann.command('draft create', { topic: 'Too late' }),
    ]
    for (const interaction of late) interaction.expire()
    for (const interaction of late)
      await bot.discord.until(() => interaction.refusals.some(({ code }) => code === 10062), 'the refusal')
    const help = bot.ann.command('draft help')
    expect(readable(await help.response())).toContain(EN.private.help[0])
    await bot.settle(draft.draftId)
    expect(await revisions(bot, draft.draftId)).toBe(before)
    expect(order(draft)).toEqual(['One', 'Four', 'Seven'])
    expect(bot.program.fakes.spoken).toHaveLength(3)
    expect(bot.discord.threads()).toHaveLength(1)
  })

  test('or whose acknowledgement got lost on its way: it happens once', async () => {
    const bot = await discordBot()
    const draft = await bot.create()
    const before = await revisions(bot, draft.draftId)
    bot.discord.fault({ method: 'POST', route: CALLBACK, applied: true, status: 502 })
    const interaction = bot.ann.choose(draft.segment(1), 'More…', 'Move down')
    await bot.discord.until(() => order(draft).join() === 'Four,One,Seven', 'the move')
    expect(interaction.refusals.map(({ code }) => code)).toEqual([40060])
    expect(await revisions(bot, draft.draftId)).toBe(before + 1)

    bot.discord.fault({ method: 'POST', route: CALLBACK, applied: true, status: 502 })
    await bot.create({ options: { topic: 'Coffee' } })
    expect(bot.discord.threads()).toHaveLength(2)
    expect(bot.discord.messages().map(readable)).toEqual([
      'ann started a draft: Tea',
      'ann started a draft: Coffee',
    ])
    bot.discord.fault({ method: 'POST', route: CALLBACK, applied: true, status: 502 })
    expect((await bot.ann.press(draft.segment(1), 'Edit').modal()).title).toBe('Edit segment 1')
  })

  test('or whose answer is gone: the work goes on', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create()
    const shown = await bot.ann.press(draft.segment(1), 'Footage').privateMessages()
    const [picker] = shown
    if (!picker) throw new Error('There is no picker.')
    bot.discord.fault({
      method: 'PATCH',
      route: '/webhooks/{webhook_id}/{webhook_token}/messages/@original',
      status: 404,
      body: { code: 10008, message: 'Unknown Message' },
    })
    const chosen = bot.ann.press(picker, '4')
    await bot.discord.until(() => readable(draft.segment(1)).includes('Author 3'), 'the new footage')
    const told = async () => (await chosen.followups()).map(readable).join()
    await expect.poll(told).toContain(EN.private.chosen(4))
  })

  test('an event that is delivered twice changes something once', async () => {
    const bot = await discordBot()
    const draft = await bot.create()
    const before = await revisions(bot, draft.draftId)
    const interaction = bot.ann.choose(draft.segment(1), 'More…', 'Move down')
    await bot.discord.until(() => order(draft).join() === 'Four,One,Seven', 'the move')
    const event = bot.discord.gatewayLog.findLast(({ event }) => event === 'INTERACTION_CREATE')
    expect(event?.data).toMatchObject({ id: interaction.id })
    bot.discord.redeliver(event)
    await bot.discord.until(
      () => interaction.refusals.some(({ code }) => code === 40060),
      'the second delivery',
    )
    await bot.settle(draft.draftId)
    expect(await revisions(bot, draft.draftId)).toBe(before + 1)
  })
})
