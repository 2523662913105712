import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { getDraft } from '../../../../src/core/draft/load.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { discordBot, draftIdIn, readable } from '../../../factories/discord.ts'
import type { PermissionName } from '../../../servers/discord/permissions.ts'
import { allComponents, pingsOf } from '../../../servers/discord/plain-text.ts'

const EN = wordsFor('en')

describe('a new draft', () => {
  test('is announced by the answer to the command, with a thread under it', async () => {
    const bot = await discordBot()
    const interaction = bot.ann.command('draft create', { topic: 'Tea', format: 'square', duration: '20 s' })
    expect((await interaction.acknowledged()).type).toBe(5)
    const announcement = await interaction.response()
    expect([announcement.visibleTo, readable(announcement)]).toEqual([null, 'ann started a draft: Tea'])
    const thread = await bot.discord.thread()
    expect([thread.id, thread.name]).toEqual([announcement.id, 'Tea'])
    const draftId = await bot.discord.until(() => {
      const top = bot.discord.messages(thread)[0]
      return top && draftIdIn(top)
    }, 'the draft')
    await bot.settle(draftId)
    expect(readable(bot.discord.messages(thread)[0])).toMatch(/## Tea\n[\s\S]*Square 1:1/)
    expect(bot.discord.messages(thread)).toHaveLength(5)
  })

  test('shows what people typed without its markup, what others wrote as it is, and pings nobody', async () => {
    const topic = '@everyone **bold** # <@1> [a](https://example.org) `x`'
    const bot = await discordBot({ program: {} })
    bot.program.fakes.texts = ['# Not a heading. <@1> ||no||', '@here > and *that*']
    const draft = await bot.create({ options: { topic } })
    for (const message of [draft.announcement, ...draft.messages()]) {
      expect(pingsOf(message)).toEqual([])
      const written = allComponents(message).map(({ content = '' }) => content)
      expect(written.join('\n')).not.toMatch(/(?<!\\)\*\*bold|(?<!\\)<@1>|(?<!\\)\|\|no|^> #/m)
    }
    expect(readable(draft.announcement)).toBe('ann started a draft: @everyone bold # a x')
    expect(readable(draft.segment(1))).toContain('> # Not a heading. <@1> ||no||')
  })

  test('lives in the channel itself in direct messages, and says so', async () => {
    const bot = await discordBot({ segments: 1 })
    const channel = bot.ann.directMessages()
    const answer = await bot.ann.command('draft create', { topic: 'Tea' }, { channel }).response()
    expect(readable(answer)).toBe(`ann started a draft: Tea\n${EN.draft.noThread}`)
    const top = await bot.discord.until(() => bot.discord.messages(channel)[1], 'the top message')
    const draftId = await bot.discord.until(() => draftIdIn(bot.ann.current(top) ?? top), 'the draft')
    await bot.settle(draftId)
    expect(bot.discord.messages(channel)).toHaveLength(4)
    const list = await bot.ann.command('draft list', {}, { channel }).response()
    expect(readable(list)).toContain(`https://discord.com/channels/@me/${channel.id}/${top.id}`)
    expect(readable(await bot.ann.command('draft list').response())).toBe(EN.private.noDrafts)
  })

  test.each(['CreatePublicThreads', 'SendMessagesInThreads'] as const)(
    'lives in the channel where %s is missing, and says which permission that is',
    async (permission) => {
      const bot = await discordBot({ segments: 1 })
      bot.discord.deny([permission])
      const interaction = bot.ann.command('draft create', { topic: 'Tea' })
      const [note] = await interaction.privateMessages()
      const name = permission.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(' In ', ' in ')
      expect(readable(note)).toBe(EN.permission(name))
      const answer = bot.discord.messages()[0]
      expect(readable(answer)).toContain(EN.draft.noThread)
      const top = await bot.discord.until(() => bot.discord.messages()[1], 'the top message')
      await bot.settle(await bot.discord.until(() => draftIdIn(bot.ann.current(top) ?? top), 'the draft'))
      expect(bot.discord.messages()).toHaveLength(4)
      expect(bot.discord.threads()).toHaveLength(0)
    },
  )

  test.each([
    ['ViewChannel', 'View Channel'],
    ['SendMessages', 'Send Messages'],
    ['AttachFiles', 'Attach Files'],
    ['ReadMessageHistory', 'Read Message History'],
  ] satisfies [PermissionName, string][])(
    'is not begun where %s is missing: a private sentence names it',
    async (permission, name) => {
      const bot = await discordBot()
      bot.discord.deny([permission])
      const answer = await bot.ann.command('draft create', { topic: 'Tea' }).response()
      expect([answer.visibleTo, readable(answer)]).toEqual([bot.ann.id, EN.permission(name)])
      expect(await bot.program.core.db.fork().count(JobEntity, {})).toBe(0)
      expect(bot.discord.threads()).toHaveLength(0)
    },
  )

  test('lives in the thread where it was asked for', async () => {
    const bot = await discordBot({ segments: 1 })
    const first = await bot.create()
    const channel = first.thread
    const answer = await bot.ann.command('draft create', { topic: 'Coffee' }, { channel }).response()
    const announced = `ann started a draft: Coffee\n${EN.draft.noThread}`
    expect([answer.channelId, readable(answer)]).toEqual([channel.id, announced])
    const top = await bot.discord.until(() => bot.discord.messages(channel)[4], 'the top message')
    await bot.settle(await bot.discord.until(() => draftIdIn(bot.ann.current(top) ?? top), 'the draft'))
    expect(bot.discord.messages(channel)).toHaveLength(7)
    expect(bot.discord.threads()).toHaveLength(1)
  })

  test('can be made from a message with names instead of ids, and only of what its reader may see', async () => {
    const { discord, ann, ben } = await discordBot()
    const hidden = discord.addChannel({ name: 'secret-plans' })
    discord.denyMember(ann.id, ['ViewChannel'], hidden)
    const elsewhere = discord.addChannel({ name: 'abroad', guild: discord.addGuild({ name: 'Other' }) })
    const role = discord.guild.roles.at(-1)
    const said = ben.say(
      `Did **you** know, <@${ben.id}>, that <:dancer:879080584675213393> meets <t:1618953630:R> in <#${discord.channel.id}>,` +
        ` <#${hidden.id}> <#${elsewhere.id}> ||with|| <@&${role?.id}> and <@111111111111111111>?`,
    )
    const modal = await ann.shortcut(said, EN.command.shortcut).modal()
    expect(modal.text).toContain(
      `Did you know, @ben, that meets April 20, 2021 in #${discord.channel.name}, with @${role?.name} and?`,
    )
  })

  test('has names in what a command says, too', async () => {
    const bot = await discordBot({ segments: 1 })
    const topic = `Bees by <@${bot.ben.id}> in <#${bot.discord.channel.id}> <@111111111111111111>`
    const { announcement } = await bot.create({ options: { topic } })
    expect(readable(announcement)).toBe(`ann started a draft: Bees by @ben in #${bot.discord.channel.name}`)
  })

  test('can be made from a message: its text fills in the form', async () => {
    const bot = await discordBot({ segments: 1 })
    const text = 'Bees talk by dancing.\nThey waggle. Others follow.'
    const said = bot.ben.say(text)
    const modal = await bot.ann.shortcut(said, EN.command.shortcut).modal()
    expect(modal.text).toContain(text)
    const interaction = bot.ann.submit(modal, { duration: 'long' })
    const [refused] = await interaction.privateMessages()
    if (!refused) throw new Error('There is no answer.')
    const again = await bot.ann.press(refused, 'Edit again').modal()
    expect(again.text).toContain('long')
    bot.ann.submit(again, { duration: '20' })
    // No one else sees any of it yet.
    const offer = await bot.discord.until(() => {
      const now = bot.ann.current(refused)
      return readable(now).includes(EN.private.notStarted) ? now : undefined
    }, 'what else there is to choose')
    expect(readable(offer)).toContain('> Language: Match the topic\n> Template: Clean\n> Music: Calm')
    expect(bot.discord.messages()).toEqual([said])
    bot.ann.press(offer, 'Start')
    const thread = await bot.discord.thread()
    expect(bot.discord.messages().some((message) => readable(message).includes('ann started a draft'))).toBe(
      true,
    )
    await bot.discord.until(
      () => bot.discord.messages(thread).some((message) => readable(message).includes('waggle')),
      'the script',
    )
    // Pressed again, it doesn't start a second draft.
    const [twice] = await bot.ann.press(offer, 'Start').privateMessages()
    expect(readable(twice)).toBe(EN.errors.form_expired(undefined))
    expect(bot.discord.threads()).toHaveLength(1)
  })

  test('from a form asks in a second one for what the first has no room for, and loses nothing of either', async () => {
    const bot = await discordBot({ segments: 1 })
    const modal = await bot.ann.shortcut(bot.ben.say('Bees'), EN.command.shortcut).modal()
    const typed = { topic: 'Bees at night', format: 'square', style: 'calm' }
    const [offer] = await bot.ann.submit(modal, typed).privateMessages()
    if (!offer) throw new Error('There is no answer.')
    const more = await bot.ann.press(offer, 'More options').modal()
    expect(more.text).toBe(`${EN.form.create}\nLanguage: Match the topic\nTemplate: Clean\nMusic: Calm`)
    bot.ann.submit(more, { language: 'ko', template: 'news', music: 'none' })
    const thread = await bot.discord.thread()
    const top = await bot.discord.until(
      () => bot.discord.messages(thread).find((message) => draftIdIn(message) !== undefined),
      'the draft',
    )
    const workspace = `discord:${bot.discord.guild.id}`
    const { draft } = await getDraft(bot.program.core, workspace, draftIdIn(top) ?? '')
    expect(draft).toMatchObject({ topic: 'Bees at night', format: 'square', language: 'ko' })
    expect(draft).toMatchObject({ template: 'news', musicEnabled: false })
  })
})
