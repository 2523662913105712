import { expect, it } from 'vitest'
import { undo } from '../../../../src/core/draft/history.ts'
import { getDraft } from '../../../../src/core/draft/load.ts'
import { NoteEntity } from '../../../../src/db/entities/note.ts'
import { type DiscordBot, discordBot, readable } from '../../../factories/discord.ts'
import { scope } from '../../../factories/program.ts'
import { fakeProviders, rewriting } from '../../../fakes/providers.ts'
import type { Interaction } from '../../../servers/discord/interaction.ts'
import { allComponents } from '../../../servers/discord/plain-text.ts'
import type { Message } from '../../../servers/discord/types.ts'

/** A message as people read it, without bold or quote markup. */
const said = (message: Message | undefined) =>
  readable(message)
    .replaceAll('*', '')
    .replaceAll(/^(?:> |-# )/gm, '')
async function inPrivate(interaction: Interaction): Promise<Message> {
  const [message] = await interaction.privateMessages()
  if (!message) throw new Error('There was no private answer.')
  return message
}
const signs = (message: Message) => [...message.reactions.keys()].join('')

/** The bot's answers in a channel, below people's messages. */
function answers({ discord }: DiscordBot, channel = discord.channel): Message[] {
  return discord
    .messages(channel)
    .filter(({ authorId, replyTo }) => authorId === discord.botId && replyTo !== null)
}

it('notes what people say, by buttons and by mentions, and lets everybody resolve it', async () => {
  const bot = await discordBot()
  const { discord, program, ann, ben, create } = bot
  const { draftId, thread, segment } = await create()
  const load = () => getDraft(program.core, `discord:${discord.guild.id}`, draftId)
  const before = await load()

  // The segment's menu.
  const form = await ann.choose(segment(1), 'More…', 'Note').modal()
  expect(form.title).toBe('Note on segment 1')
  await ann.submit(form, { Note: 'is this **right**?' }).acknowledged()
  await discord.until(
    () => said(segment(1)).includes('Note by ann: is this right?'),
    'the message to show it',
  )

  // A mention with a number, and an answer to a segment.
  const second = ben.say(`<@${discord.botId}> 2: calmer`, { channel: thread })
  const third = ben.say(`<@!${discord.botId}> shorter`, { answers: segment(3) })
  await discord.until(() => signs(second) === '📝' && signs(third) === '📝', 'both are taken')
  await discord.until(() => said(segment(2)).includes('Note by ben: calmer'), 'the message to show it')
  await discord.until(() => said(segment(3)).includes('Note by ben: shorter'), 'the message to show it')
  // An answer that pings is shown to the bot; the bot doesn't read what Discord doesn't show it.
  const pinging = ann.say('and slower', { answers: segment(3) })
  await discord.until(() => signs(pinging) === '📝', 'the answer is taken')
  ann.say('nobody is meant', { channel: thread })
  ann.say('nor here', { answers: segment(2), pings: false })
  const shown = discord.gatewayLog.filter(({ event }) => event === 'MESSAGE_CREATE').at(-1)
  expect(shown?.data).toMatchObject({ content: '' })

  // A single note is resolved in one click; several are resolved in the list, which only this person sees.
  await ann.press(segment(2), 'Resolve').acknowledged()
  await discord.until(
    () => said(segment(2)).includes('Note by ben, resolved by ann: calmer'),
    'the message to show it',
  )
  await discord.until(() => said(segment(3)).includes('Notes (2)'), 'both notes')
  const list = await inPrivate(ben.press(segment(3), 'Notes (2)'))
  expect(said(list)).toMatch(
    /Notes on segment 3 \(2\)[\s\S]*Note by ann:[\s\S]*and slower[\s\S]*Note by ben:/,
  )
  // Ben has no way to delete what Ann wrote.
  const deleting = allComponents(list).filter(({ label }) => label === 'Delete')
  expect(deleting).toHaveLength(1)
  await ben.press(list, 'Delete').acknowledged()
  await discord.until(() => said(ben.current(list)).includes('Notes on segment 3 (1)'), 'the shorter list')
  await discord.until(() => !said(segment(3)).includes('shorter'), 'the message without it')

  // None of this changes the film.
  const after = await load()
  expect(after.segments).toEqual(before.segments)
  expect([after.draft.revision, after.draft.status]).toEqual([before.draft.revision, before.draft.status])
  expect(answers(bot, thread)).toEqual([])
})

it('tells who writes something else how it is done, with a form over the words, and takes that away again', async () => {
  const bot = await discordBot()
  const { discord, program, surface, ann, ben, create } = bot
  const { draftId, thread, segment } = await create()
  const unclear = ann.say(`<@${discord.botId}> more *energy*, please`, { channel: thread })
  const answer = await discord.until(() => answers(bot, thread)[0], 'an answer')
  expect(answer).toMatchObject({
    replyTo: { messageId: unclear.id },
    allowedMentions: { parse: [], replied_user: false },
  })
  // Silent for everyone.
  expect(answer.flags & 4096).toBe(4096)
  expect(said(answer)).toContain(
    "I can't tell which segment you mean. Start with its number, like this: @rushes 2: calmer",
  )
  // The words are Ann's; no one else can open the form.
  expect(said(await inPrivate(ben.press(answer, 'Write a note')))).toContain('This form has expired')
  const form = await ann.press(answer, 'Write a note').modal()
  const unknown = await inPrivate(ann.submit(form, { 'Segment number': '7' }))
  expect(said(unknown)).toContain('There is no segment 7. This draft has segments 1 to 3.')
  const again = await ann.press(unknown, 'Edit again').modal()
  await ann.submit(again, { 'Segment number': '#2' }).acknowledged()
  await discord.until(
    () => said(segment(2)).includes('Note by ann: more energy, please'),
    'the message to show it',
  )

  // At most one such answer per person, and none where there is no segment with that number.
  ann.say(`<@${discord.botId}> 9: calmer`, { channel: thread })
  const other = await discord.until(
    () => answers(bot, thread).find(({ id }) => id !== answer.id),
    'another answer',
  )
  expect(said(other)).toContain('There is no segment 9.')
  await discord.until(() => ann.current(answer) === undefined, 'the first answer is gone')

  // Where there is no draft, and where Discord doesn't show the words.
  ann.say(`<@${discord.botId}> hello`)
  const lost = await discord.until(() => answers(bot)[0], 'an answer in the channel')
  expect(said(lost)).toContain('Mention @rushes in the thread of a draft to leave a note.')
  const role = discord.guild.roles.find(({ botId }) => botId === discord.botId)
  ben.say(`<@&${role?.id}> 2: calmer`, { channel: thread })
  const unread = await discord.until(
    () => answers(bot, thread).find(({ id }) => id !== other.id && id !== answer.id),
    'an answer to the role',
  )
  expect(said(unread)).toContain('I can only read messages that mention me, not my role.')

  await surface.refuse()
  expect([...answers(bot, thread), ...answers(bot)]).toEqual([])
  expect(await program.core.db.fork().count(NoteEntity, { draftId })).toBe(1)
})

it('proposes another text where a script service can write one; who asked and who accepted are both named', async () => {
  const fakes = rewriting(fakeProviders())
  const { discord, program, ann, ben, create, settle } = await discordBot({ program: { fakes } })
  const { draftId, thread, segment, controls } = await create()
  const workspace = `discord:${discord.guild.id}`
  const asked = ann.say(`<@${discord.botId}> 2: calmer`, { channel: thread })
  await discord.until(() => signs(asked) === '💡', 'the suggestion is announced')
  await settle(draftId)
  const text = async () => (await getDraft(program.core, workspace, draftId)).segments[1]?.text
  expect(said(segment(2))).toMatch(
    /Four five six\.[\s\S]*because ann asked for “calmer”:[\s\S]*Four five six\. Calmly\./,
  )
  expect(await text()).toBe('Four five six.')
  await ben.press(segment(2), 'Accept').acknowledged()
  await discord.until(async () => (await text()) === 'Four five six. Calmly.', 'the text')
  await settle(draftId)
  expect(said(segment(2))).not.toContain('asked for')
  const more = await inPrivate(ben.press(controls(), 'More…'))
  ben.press(more, 'History')
  await discord.until(
    () => said(ben.current(more)).includes('ben: accepted a suggestion for segment 2 (requested by ann)'),
    'the history',
  )
  await undo(program.core, scope(draftId, { id: ben.id, name: 'ben' }, workspace))
  await settle(draftId)

  // Editing a suggestion after someone has changed the text: both are shown, and one is chosen.
  const second = ben.say(`<@${discord.botId}> 2: slower`, { channel: thread })
  await discord.until(() => signs(second) === '💡', 'the second suggestion is announced')
  await settle(draftId)
  const edit = await ann.press(segment(2), 'Edit').modal()
  await ann.submit(edit, { Narration: 'Ann was here.' }).acknowledged()
  await discord.until(
    () => said(segment(2)).includes('The text has changed since this suggestion was written.'),
    'the message to show it',
  )
  const form = await ben.press(segment(2), 'Edit suggestion').modal()
  const stale = await inPrivate(ben.submit(form, { Narration: 'Four, five, and slowly six.' }))
  expect(said(stale)).toMatch(
    /ann changed the text after this suggestion was written\.[\s\S]*Ann was here\.[\s\S]*slowly six\./,
  )
  await ben.press(stale, 'Use the suggestion').acknowledged()
  await discord.until(async () => (await text()) === 'Four, five, and slowly six.', 'the text')
  await settle(draftId)

  // Still a note, and one that costs nothing: an answer that doesn't name the bot.
  const note = ann.say(`<@${discord.botId}> note 1: check the date`, { channel: thread })
  const chat = ann.say('nice!', { answers: segment(1) })
  await discord.until(() => signs(note) === '📝' && signs(chat) === '📝', 'both are notes')
  await settle(draftId)
  for (const words of ['nice!', 'check the date']) expect(said(segment(1))).toContain(`Note by ann: ${words}`)

  const last = ann.say(`<@${discord.botId}> 3: calmer`, { channel: thread })
  await discord.until(() => signs(last) === '💡', 'the last suggestion is announced')
  await settle(draftId)
  await ben.press(segment(3), 'Dismiss').acknowledged()
  await discord.until(() => !said(segment(3)).includes('calmer'), 'the message to show it no longer')
})

it('takes each message once, from people who may write, and does without reactions', async () => {
  const bot = await discordBot()
  const { discord, program, ann, create, settle } = bot
  const { draftId, thread, segment } = await create()
  discord.deny(['AddReactions'])
  const reader = discord.user('reader', {
    permissions: ['ViewChannel', 'ReadMessageHistory', 'SendMessages'],
  })
  const robot = discord.user('robot')
  robot.user.bot = true
  robot.say(`<@${discord.botId}> 1: I am a bot`, { channel: thread })
  ann.say(`<@${discord.botId}> 1: calmer`, { channel: thread })
  const sent = discord.gatewayLog.findLast(({ event }) => event === 'MESSAGE_CREATE')
  await discord.until(() => said(segment(1)).includes('Note by ann: calmer'), 'the note is shown')
  discord.redeliver(sent)
  // A person who could write, and lost that permission while the message was on its way.
  const lurker = discord.user('lurker')
  discord.denyMember(lurker.id, ['SendMessagesInThreads'])
  expect(() => reader.say('x', { channel: thread })).toThrow()
  const people = discord.guild.members.get(lurker.id)
  expect(people).toBeDefined()
  discord.redeliver({
    ...sent,
    data: {
      ...(sent?.data as object),
      id: '1500000000000000001',
      author: { id: lurker.id, username: 'lurker', discriminator: '0', avatar: null },
      member: { roles: people?.roles, joined_at: null, deaf: false, mute: false, flags: 0 },
    },
  } as typeof sent)
  const refusal = 'Only people who can post in this channel can change its drafts.'
  await discord.until(
    () => discord.messages(thread).some((message) => said(message) === refusal),
    'the answer to the lurker',
  )
  await settle(draftId)
  expect(await program.core.db.fork().count(NoteEntity, { draftId })).toBe(1)
  expect(
    discord.requestsTo('PUT', '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me'),
  ).toEqual([])
})

it('works in direct messages, and is silent where it is not to be used', async () => {
  const { discord, program, ann, settle } = await discordBot({
    program: { env: { ALLOWED_WORKSPACES: 'discord:dm' } },
  })
  const direct = ann.directMessages()
  await ann.command('draft create', { topic: 'Tea' }, { channel: direct }).response()
  const top = await discord.until(() => discord.messages(direct)[1], 'the draft')
  const draftId = await discord.until(
    () => /draft_\d{8}_\d{6}_?\w*/.exec(JSON.stringify(ann.current(top)?.components))?.[0],
    'its id',
  )
  await settle(draftId)
  ann.say('2: nobody is meant', { channel: direct })
  const direction = ann.say(`<@${discord.botId}> 2: calmer`, { channel: direct })
  await discord.until(() => signs(direction) === '📝', 'it is taken')
  ann.say(`<@${discord.botId}> 2: calmer`)
  await settle(draftId)
  expect(await program.core.db.fork().find(NoteEntity, {})).toMatchObject([{ text: 'calmer', draftId }])
  expect(discord.messages(discord.channel).filter(({ authorId }) => authorId === discord.botId)).toEqual([])
})
