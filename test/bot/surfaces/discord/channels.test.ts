import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { discordBot, draftIdIn, noDraft, readable } from '../../../factories/discord.ts'

const EN = wordsFor('en')
const KO = wordsFor('ko')
const MIB = 1024 * 1024
const START_THREAD = '/channels/{channel_id}/messages/{message_id}/threads'

describe('where a draft lives', () => {
  test('in a server that the gateway has not told of, it is made, edited and shown as anywhere', async () => {
    const bot = await discordBot({ segments: 1 })
    bot.discord.hideGuild()
    const draft = await bot.create()
    expect(draft.messages()).toHaveLength(3)
    const modal = await bot.ann.press(draft.segment(1), 'Edit').modal()
    bot.ann.submit(modal, { Keyword: 'leaf' })
    await bot.discord.until(() => readable(draft.segment(1)).includes('leaf'), 'the edit')
    const shown = await bot.ann.command('draft show', { draft: draft.draftId }).response()
    expect(readable(shown)).toContain(`/${bot.discord.guild.id}/${draft.thread.id}/`)
    const spot = { channelId: bot.discord.channel.id, threadId: draft.thread.id }
    expect(await bot.surface.chat.uploadLimit(spot)).toBe(10 * MIB)
    bot.discord.deny(['SendMessagesInThreads'])
    bot.discord.deleteMessage(draft.segment(1))
    const refused = await bot.ann.command('draft show', { draft: draft.draftId }).response()
    expect(readable(refused)).toMatch(/^I don't have the “.*” permission/)
  })

  test('the drafts of two people in direct messages are each their own', async () => {
    const bot = await discordBot({ segments: 1 })
    const channel = bot.ann.directMessages()
    await bot.ann.command('draft create', { topic: 'Tea' }, { channel }).response()
    const top = await bot.discord.until(() => bot.discord.messages(channel)[1], 'the top message')
    const draftId = await bot.discord.until(() => draftIdIn(bot.ann.current(top) ?? top), 'the draft')
    await bot.settle(draftId)
    const segment = () => bot.discord.messages(channel)[2] ?? top
    const modal = await bot.ann.press(segment(), 'Edit').modal()
    bot.ann.submit(modal, { Keyword: 'leaf' })
    await bot.discord.until(() => readable(segment()).includes('leaf'), 'the edit')
    const own = { channel: bot.ben.directMessages() }
    const refused = await bot.ben.command('draft show', { draft: draftId }, own).response()
    expect(readable(refused)).toBe(noDraft(draftId))
  })

  test.each([
    ['for want of a permission', 403, 50013, EN.permission('CreatePublicThreads')],
    ['as there are too many', 400, 160006, null],
    ['as there are too many in announcements', 400, 160007, null],
  ])('the channel itself, where Discord refuses a thread %s', async (_, status, code, sentence) => {
    const bot = await discordBot({ segments: 1 })
    bot.discord.fault({ method: 'POST', route: START_THREAD, status, body: { code, message: 'No' } })
    const interaction = bot.ann.command('draft create', { topic: 'Tea' })
    const answer = await interaction.response()
    const top = await bot.discord.until(() => bot.discord.messages()[1], 'the top message')
    await bot.settle(await bot.discord.until(() => draftIdIn(bot.ann.current(top) ?? top), 'the draft'))
    const announced = `ann started a draft: Tea\n${EN.draft.noThread}`
    expect(readable(bot.ann.current(answer))).toBe(announced)
    expect(bot.discord.messages()).toHaveLength(4)
    const told = interaction.messages().filter(({ visibleTo }) => visibleTo !== null)
    expect(told.map(readable)).toEqual(sentence === null ? [] : [sentence])
  })

  test('is announced, named and explained in the language of the draft', async () => {
    const bot = await discordBot({ segments: 1 })
    const options = { topic: '녹차 이야기' }
    const draft = await bot.create({ options })
    expect(readable(draft.announcement)).toBe(KO.draft.announce('ann', '녹차 이야기'))
    expect(readable(draft.top())).toContain(KO.status.assets_ready)
    expect(readable(draft.segment(1))).toContain(KO.segment.heading(1, 1))
    const inThread = await bot.ann.command('draft create', options, { channel: draft.thread }).response()
    expect(readable(inThread)).toBe(`${KO.draft.announce('ann', '녹차 이야기')}\n${KO.draft.noThread}`)
  })
})

describe('the largest file', () => {
  test('is what the server takes, not what a person may upload', async () => {
    const bot = await discordBot()
    const rich = bot.discord.user('rich', { uploadLimit: 500 * MIB })
    const spot = { channelId: bot.discord.channel.id, threadId: null }
    await rich.command('draft help').response()
    expect(await bot.surface.chat.uploadLimit(spot)).toBe(10 * MIB)
    const channel = rich.directMessages()
    await rich.command('draft help', {}, { channel }).response()
    expect(await bot.surface.chat.uploadLimit({ channelId: channel.id, threadId: null })).toBe(10 * MIB)
  })
})

describe('a permission that was taken away later', () => {
  test.each(['SendMessagesInThreads', 'AttachFiles'] as const)(
    '%s: who changes something is told, and the change is kept',
    async (permission) => {
      const bot = await discordBot({ segments: 1 })
      const draft = await bot.create()
      bot.discord.deny([permission])
      const modal = await bot.ann.press(draft.segment(1), 'Edit').modal()
      const saved = bot.ann.submit(modal, { Keyword: 'leaf' })
      const [told] = await saved.privateMessages()
      expect(readable(told)).toBe(EN.permission(permission))
      bot.discord.allow([permission])
      await bot.ann.command('draft show', { draft: draft.draftId }).response()
      expect(readable(draft.segment(1))).toContain('leaf')
    },
  )
})
