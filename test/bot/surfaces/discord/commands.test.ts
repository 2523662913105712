import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { CLEANUP_JOB } from '../../../../src/core/draft/space.ts'
import { tokenSent } from '../../../../src/core/draft/tokens.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { discordBot, noDraft, readable } from '../../../factories/discord.ts'
import { jobRow } from '../../../factories/rows.ts'

const [EN, KO] = [wordsFor('en'), wordsFor('ko')]

describe('commands', () => {
  test('answer the person alone, in the language of their client', async () => {
    const bot = await discordBot({ segments: 1 })
    const min = bot.discord.user('min', { locale: 'ko' })
    const { draftId } = await bot.create()
    const said = async (person: typeof min, path: string, options = {}) => {
      const answer = await person.command(path, options).response()
      expect(answer.visibleTo).toBe(person.id)
      return readable(answer)
    }
    expect(await said(bot.ann, 'draft help')).toContain(EN.private.help[0])
    expect(await said(min, 'draft help')).toContain(KO.private.help[0])
    expect(await said(bot.ann, 'draft list')).toMatch(
      /1 draft\*\*\n\[Tea\]\(https:\/\/discord\.com\/channels\//,
    )
    expect(await said(min, 'draft list', { status: 'finalized' })).toBe(
      `${KO.private.noMatch(KO.status.finalized)}\n[${KO.buttons.allDrafts}]`,
    )
    expect(await said(bot.ann, 'draft show', { draft: draftId })).toMatch(
      /^Here's the draft: \[Tea\]\(https:/,
    )
    expect(await said(bot.ann, 'draft show', { draft: 'tea' })).toContain('[Tea]')
    expect(await said(min, 'draft history', { draft: draftId })).toContain(KO.action.created?.(0) ?? '')
    expect(await said(bot.ann, 'draft jobs')).toBe(EN.private.noJobs)
    expect(await said(min, 'draft show', { draft: 'nothing' })).toBe(noDraft('nothing', 'ko'))
  })

  test('find drafts by words, person and status, and lead from their renders to them', async () => {
    const bot = await discordBot({ segments: 1 })
    const { draftId, thread } = await bot.create({ options: { topic: 'Café', duration: '0:20' } })
    const list = async (options: Record<string, string>) =>
      readable(await bot.ben.command('draft list', options).response())
    expect(await list({ words: 'cafe', person: bot.ann.id, status: 'assets_ready' })).toMatch(
      /1 draft · “cafe” · by ann · Ready to render\*\*\n\[Café\]/,
    )
    expect(await list({ person: bot.ben.id })).toBe(`${EN.private.noPerson('')}\n[List of drafts]`)
    const { id: _id, ...job } = jobRow({ draftId, workspace: `discord:${bot.discord.guild.id}` })
    await bot.program.core.db.fork().insert(JobEntity, job)
    const jobs = readable(await bot.ben.command('draft jobs').response())
    expect(jobs).toMatch(/\[Café\]\(https:[^)]*\) · done · Ann · 12\.3 s · /)
    expect(jobs).toContain(thread.id)
  })

  test('suggest the drafts of this server, with title, status and age', async () => {
    const bot = await discordBot({ segments: 1 })
    const { draftId } = await bot.create()
    const elsewhere = bot.discord.addChannel({ guild: bot.discord.addGuild({ name: 'Other' }) })
    const eve = bot.discord.user('eve', { channel: elsewhere })
    const choices = await bot.ann.autocomplete('draft show', { draft: 'te' }).choices()
    expect(choices).toEqual([{ name: 'Tea · Ready to render · this minute', value: draftId }])
    const min = bot.discord.user('min', { locale: 'ko' })
    const [korean] = await min.autocomplete('draft show', { draft: '' }).choices()
    expect(korean?.name).toContain(KO.status.assets_ready)
    expect(await bot.ann.autocomplete('draft show', { draft: 'coffee' }).choices()).toEqual([])
    expect(await eve.autocomplete('draft show', { draft: '' }).choices()).toEqual([])
  })

  test('of another server see nothing of a draft, and its buttons do nothing there', async () => {
    const bot = await discordBot({ segments: 2 })
    const draft = await bot.create()
    const elsewhere = bot.discord.addChannel({ guild: bot.discord.addGuild({ name: 'Other' }) })
    const eve = bot.discord.user('eve', { channel: elsewhere, add: ['ManageMessages'] })
    const missing = noDraft(draft.draftId)
    for (const path of ['show', 'history', 'jobs', 'delete']) {
      const answer = await eve.command(`draft ${path}`, { draft: draft.draftId }).response()
      expect(readable(answer)).toBe(missing)
    }
    const before = await bot.program.core.db.fork().getConnection().execute('select * from draft_segments')
    const copy = { ...draft.segment(1), id: draft.segment(1).id, channelId: elsewhere.id }
    elsewhere.messages.set(copy.id, copy)
    for (const press of [
      () => eve.press(copy, 'Edit'),
      () => eve.press(copy, 'Footage'),
      () => eve.press(copy, 'New take'),
      () => eve.choose(copy, 'More…', 'Remove'),
    ]) {
      const [answer] = await press().privateMessages()
      expect([missing, EN.errors.segment_not_found(undefined)]).toContain(readable(answer))
    }
    const after = await bot.program.core.db.fork().getConnection().execute('select * from draft_segments')
    expect(after).toEqual(before)
  })

  test('delete asks first, and only the author or a moderator gets so far', async () => {
    const bot = await discordBot({ segments: 1 })
    const { draftId, controls, thread } = await bot.create()
    const more = async (person: typeof bot.ann) => {
      const [panel] = await person.press(controls(), 'More…').privateMessages()
      if (!panel) throw new Error('More… shows nothing.')
      return panel
    }
    const refused = await bot.ben.command('draft delete', { draft: draftId }).response()
    expect(readable(refused)).toBe(EN.errors.not_allowed_to_delete(undefined))
    const asked = await more(bot.ben)
    await bot.ben.press(asked, 'Delete').acknowledged()
    await bot.discord.until(() => !readable(bot.ben.current(asked)).includes('[Delete]'), 'the answer')
    expect(readable(bot.ben.current(asked))).toBe(EN.errors.not_allowed_to_delete(undefined))

    const mod = bot.discord.user('mod', { add: ['ManageMessages'] })
    await bot.program.queue.enqueue(CLEANUP_JOB)
    await bot.program.queue.idle()
    const help = async (person: typeof mod) => readable(await person.command('draft help').response())
    expect(await help(mod)).toMatch(/Last cleanup: .* MB freed/)
    expect(await help(bot.ben)).not.toContain('Last cleanup')
    const question = await more(mod)
    mod.press(question, 'Delete')
    await bot.discord.until(() => readable(mod.current(question)).includes('Delete “Tea”'), 'the question')
    mod.press(question, 'Keep it')
    await bot.discord.until(
      () => readable(mod.current(question)) === EN.private.keptTheirs,
      'the question to be gone',
    )

    const sure = await bot.ann.command('draft delete', { draft: draftId }).response()
    const done = bot.ann.press(sure, 'Delete for good')
    await bot.discord.until(
      () => readable(bot.ann.current(sure)) === EN.private.deleted,
      'the question to say that it is deleted',
    )
    expect((await done.acknowledged()).type).toBe(6)
    await bot.program.threads.settled()
    expect(bot.discord.messages(thread).map(readable)).toEqual([EN.draft.deleted])
  })

  test('those who cannot write in the channel cannot change its drafts', async () => {
    const bot = await discordBot({ segments: 2 })
    const { segment, controls } = await bot.create()
    const reader = bot.discord.user('reader', {
      permissions: ['ViewChannel', 'ReadMessageHistory', 'UseApplicationCommands'],
    })
    const sentence = EN.errors.not_allowed_to_write(undefined)
    const before = readable(segment(1))
    for (const interaction of [
      reader.press(segment(1), 'Edit'),
      reader.press(segment(1), 'New take'),
      reader.choose(segment(1), 'More…', 'Move down'),
      reader.press(controls(), 'Render'),
      reader.command('draft create', { topic: 'x' }),
    ])
      expect(readable((await interaction.privateMessages())[0])).toBe(sentence)
    expect(readable((await reader.press(controls(), 'More…').privateMessages())[0])).toContain('History')
    await bot.program.threads.settled()
    expect(readable(segment(1))).toBe(before)
  })

  test('make and revoke tokens for managers of the server, who alone see them', async () => {
    const bot = await discordBot()
    const ask = async (person: typeof bot.ann, options: Record<string, string>) => {
      const answer = await person.command('draft token', options).response()
      expect(answer.visibleTo).toBe(person.id)
      return readable(answer)
    }
    const make = { do: 'create', name: 'CI', scope: 'write' }
    expect(await ask(bot.ann, make)).toBe(EN.errors.not_allowed_to_manage(undefined))
    const boss = bot.discord.user('boss', { add: ['ManageGuild'] })
    const made = await ask(boss, make)
    const sent = /rushes_[0-9a-f]{64}/.exec(made)?.[0] ?? ''
    const { core } = bot.program
    const channelId = bot.discord.channel.id
    expect(await tokenSent(core, sent)).toMatchObject({
      ...{ workspace: `discord:${bot.discord.guild.id}`, channelId, personId: boss.id, name: 'CI' },
      scopes: ['read', 'write'],
    })
    const listed = await ask(boss, {})
    expect(listed).toContain('**CI** · read, write · acts as boss · last used ')
    expect(listed).not.toContain(sent.slice(7))
    expect(await ask(boss, { do: 'revoke', name: 'CI' })).toBe(EN.token.revoked('CI'))
    expect(await tokenSent(core, sent)).toBeNull()
  })
})
