import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../../src/bot/words/index.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { discordBot, draftIdIn, readable } from '../../factories/discord.ts'

const EN = wordsFor('en')

/** A draft in one channel, and another channel where everybody can write. */
async function twoChannels() {
  const bot = await discordBot()
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
    ben.press(history, 'Restore revision 1')
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
    ben.press(history, 'Restore revision 1')
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
      expect(readable(shown)).toBe(EN.errors.draft_not_found({ draftId: typed }))
    }
  })
})

describe('a draft whose channel was deleted', () => {
  test('goes on where somebody types /draft show', async () => {
    const { discord, ben, draft, elsewhere } = await twoChannels()
    discord.deleteChannel(discord.channel)
    const shown = await ben.command('draft show', { draft: draft.draftId }, { channel: elsewhere }).response()
    const [thread] = discord.threads(elsewhere)
    expect(readable(shown)).toContain(`/${discord.guild.id}/${thread?.id}/`)
    expect(discord.messages(thread)).toHaveLength(4)
    expect(draftIdIn(discord.messages(thread)[0] ?? draft.announcement)).toBe(draft.draftId)
  })
})
