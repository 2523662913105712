import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { discordBot, draftIdIn, noDraft, readable } from '../../../factories/discord.ts'

const EN = wordsFor('en')

/** A draft in one channel, and another channel where everyone can write. */
async function twoChannels() {
  const bot = await discordBot({ segments: 1 })
  const draft = await bot.create()
  return { ...bot, draft, elsewhere: bot.discord.addChannel({ name: 'elsewhere' }) }
}

describe('who may do what, from another channel', () => {
  test('a private button changes nothing for those who cannot write where the draft is', async () => {
    const { discord, program, ann, ben, draft, elsewhere } = await twoChannels()
    ann.submit(await ann.press(draft.segment(1), 'Edit').modal(), { Keyword: 'leaf' })
    await discord.until(() => readable(draft.segment(1)).includes('leaf'), 'the edit')
    const typed = { draft: draft.draftId }
    const history = await ben.command('draft history', typed, { channel: elsewhere }).response()
    discord.denyMember(ben.id, ['SendMessages', 'SendMessagesInThreads'])
    ben.choose(history, EN.private.restoreThis, '1 · wrote the script')
    const refusal = EN.errors.not_allowed_to_write(undefined)
    await discord.until(() => readable(ben.current(history)) === refusal, 'the refusal')
    const { revision } = await program.core.db.fork().findOneOrFail(DraftEntity, { draftId: draft.draftId })
    expect(revision).toBe(2)
  })

  test('it is enough to be able to write where the draft is', async () => {
    const { discord, ann, ben, draft, elsewhere } = await twoChannels()
    ann.submit(await ann.press(draft.segment(1), 'Edit').modal(), { Keyword: 'leaf' })
    await discord.until(() => readable(draft.segment(1)).includes('leaf'), 'the edit')
    const typed = { draft: draft.draftId }
    const history = await ben.command('draft history', typed, { channel: elsewhere }).response()
    discord.denyMember(ben.id, ['SendMessages'], elsewhere)
    ben.choose(history, EN.private.restoreThis, '1 · wrote the script')
    await discord.until(() => readable(ben.current(history)) === EN.private.restored(1), 'the older revision')
  })

  test('only those with Manage Messages where the draft is delete what others made', async () => {
    const { discord, draft, elsewhere } = await twoChannels()
    const mod = discord.user('mod', { add: ['ManageMessages'] })
    discord.denyMember(mod.id, ['ManageMessages'])
    const typed = { draft: draft.draftId }
    const refused = await mod.command('draft delete', typed, { channel: elsewhere }).response()
    expect(readable(refused)).toBe(EN.errors.not_allowed_to_delete(undefined))
  })

  test('titles from a channel that a person cannot see are not shown, listed or suggested', async () => {
    const { discord, ben, draft, elsewhere } = await twoChannels()
    discord.denyMember(ben.id, ['ViewChannel'])
    const where = { channel: elsewhere }
    expect(readable(await ben.command('draft list', {}, where).response())).toBe(EN.private.noDrafts)
    expect(await ben.autocomplete('draft show', { draft: 'Te' }, where).choices()).toEqual([])
    for (const typed of ['Tea', draft.draftId]) {
      const shown = await ben.command('draft show', { draft: typed }, where).response()
      expect(readable(shown)).toBe(noDraft(typed))
    }
  })
})

describe('a draft whose channel was deleted', () => {
  test('is nobody’s but its author’s and the managers’, and goes on where one of them types /draft show', async () => {
    const { discord, program, ann, ben, draft, elsewhere } = await twoChannels()
    const boss = discord.user('boss', { add: ['ManageGuild'] })
    discord.deleteChannel(discord.channel)
    const where = { channel: elsewhere }
    const none = noDraft(draft.draftId)
    for (const path of ['show', 'history', 'jobs', 'delete'])
      expect(readable(await ben.command(`draft ${path}`, { draft: draft.draftId }, where).response())).toBe(
        none,
      )
    expect(readable(await ben.command('draft list', {}, where).response())).toBe(EN.private.noDrafts)
    expect(await ben.autocomplete('draft show', { draft: 'Te' }, where).choices()).toEqual([])
    await program.threads.settled()
    expect([discord.messages(elsewhere), discord.threads(elsewhere)]).toEqual([[], []])
    expect(readable(await boss.command('draft list', {}, where).response())).toContain('Tea')
    // Not even its author can show it where they can't write.
    discord.denyMember(ann.id, ['SendMessages'], elsewhere)
    const kept = await ann.command('draft show', { draft: draft.draftId }, where).response()
    expect(readable(kept)).toBe(EN.placeGone)
    expect(discord.threads(elsewhere)).toEqual([])

    const shown = await boss.command('draft show', { draft: draft.draftId }, where).response()
    const [thread] = discord.threads(elsewhere)
    expect(readable(shown)).toContain(`/${discord.guild.id}/${thread?.id}/`)
    expect(discord.messages(thread)).toHaveLength(3)
    expect(draftIdIn(discord.messages(thread)[0] ?? draft.announcement)).toBe(draft.draftId)
  })
})

describe('a draft in a private thread', () => {
  /** A draft by Ann in a thread that Ben isn't in. */
  async function closedThread() {
    const bot = await discordBot({ segments: 2 })
    const thread = bot.discord.addThread({ name: 'closed', isPrivate: true, people: [bot.ann] })
    await bot.ann.command('draft create', { topic: 'Secret tea' }, { channel: thread }).response()
    const top = await bot.discord.until(() => bot.discord.messages(thread)[1], 'the top message')
    const draftId = await bot.discord.until(() => draftIdIn(bot.ann.current(top) ?? top), 'the draft')
    await bot.settle(draftId)
    return { ...bot, thread, top, draftId }
  }

  test('is there for those who are in the thread', async () => {
    const { discord, ann, ben, thread, draftId } = await closedThread()
    expect(discord.messages(thread)).toHaveLength(5)
    const said = async (person: typeof ann, path: string, options = {}) =>
      readable(await person.command(path, options).response())
    expect(await said(ann, 'draft list')).toContain('Secret tea')
    const none = noDraft(draftId)
    for (const path of ['show', 'history', 'jobs', 'delete'])
      expect(await said(ben, `draft ${path}`, { draft: draftId })).toBe(none)
    expect(await said(ben, 'draft list')).toBe(EN.private.noDrafts)
    expect(await ben.autocomplete('draft show', { draft: 'tea' }).choices()).toEqual([])
    thread.thread?.members.add(ben.id)
    expect(await said(ben, 'draft history', { draft: draftId })).toContain('Secret tea')
    const keeper = discord.user('keeper', { add: ['ManageThreads'] })
    expect(await said(keeper, 'draft list')).toContain('Secret tea')
  })

  test('does nothing for a button that stands where others see it', async () => {
    const { discord, ben, thread, draftId } = await closedThread()
    const segment = discord.messages(thread)[2]
    if (!segment) throw new Error('There is no segment.')
    const copy = { ...segment, channelId: discord.channel.id }
    discord.channel.messages.set(copy.id, copy)
    for (const press of [
      () => ben.press(copy, 'Edit'),
      () => ben.press(copy, 'Footage'),
      () => ben.press(copy, 'New take'),
      () => ben.choose(copy, 'More…', 'Remove'),
    ]) {
      const [answer] = await press().privateMessages()
      expect(readable(answer)).toBe(noDraft(draftId))
    }
  })

  test('is not started again in the channel around when the thread is deleted', async () => {
    const { discord, ann, ben, thread, draftId } = await closedThread()
    discord.deleteChannel(thread)
    const typed = { draft: draftId }
    const refused = await ben.command('draft show', typed).response()
    expect(readable(refused)).toBe(noDraft(draftId))
    expect(discord.messages()).toEqual([])
    const other = discord.addThread({ name: 'another', isPrivate: true, people: [ann] })
    await ann.command('draft show', typed, { channel: other }).response()
    expect(discord.messages(other).map((message) => draftIdIn(message))).toContain(draftId)
    expect([discord.messages(), discord.threads().length]).toEqual([[], 1])
  })
})

test('buttons that search or fetch are for those who can write', async () => {
  const { discord, draft } = await twoChannels()
  const reader = discord.user('reader', {
    permissions: ['ViewChannel', 'ReadMessageHistory', 'UseApplicationCommands'],
  })
  const [answer] = await reader.press(draft.segment(1), 'Footage').privateMessages()
  expect(readable(answer)).toBe(EN.errors.not_allowed_to_write(undefined))
})
