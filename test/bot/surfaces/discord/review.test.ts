import { MessageFlags } from 'discord.js'
import { expect, test } from 'vitest'
import { cancelRender } from '../../../../src/core/draft/render.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { type DiscordBot, discordBot, readable } from '../../../factories/discord.ts'
import { fakeProviders } from '../../../fakes/providers.ts'
import type { Interaction } from '../../../servers/discord/interaction.ts'
import type { Message } from '../../../servers/discord/types.ts'

async function answerTo(interaction: Interaction): Promise<Message> {
  const [message] = await interaction.privateMessages()
  if (!message) throw new Error('There is no private answer.')
  return message
}

function says(bot: DiscordBot, message: () => Message | undefined, text: string) {
  return bot.discord.until(() => {
    const now = message()
    return now && readable(now).includes(text) ? now : undefined
  }, `“${text}”`)
}

test('somebody watches the draft privately, people approve it, and Render waits for those who have to', async () => {
  const bot = await discordBot({ program: { fakes: fakeProviders(['Ready?']) } })
  const { discord, ann, ben, program } = bot
  const boss = discord.user('boss', { add: ['ManageGuild'] })
  const draft = await bot.create({ options: { topic: 'Tea', format: 'square' } })
  const inThread = draft.messages().length

  const watching = ben.press(draft.controls(), 'Watch')
  const answer = await answerTo(watching)
  const film = await says(bot, () => ben.current(answer), 'Preview · revision 1')
  expect(film.visibleTo).toBe(ben.id)
  expect(film.flags & MessageFlags.Ephemeral).toBeTruthy()
  const [attached] = await discord.until(() => {
    const { attachments = [] } = ben.current(answer) ?? {}
    return attachments.length > 0 ? attachments : undefined
  }, 'the preview')
  expect(attached).toMatchObject({ filename: 'preview-1.mp4' })
  expect(draft.messages()).toHaveLength(inThread)
  const stored = await program.core.db.fork().findOneOrFail(DraftEntity, { draftId: draft.draftId })
  expect(stored.status).toBe('assets_ready')

  // The form with all settings has no room for approvals.
  const approvals = async () => {
    const rest = await answerTo(ann.submit(await ann.press(draft.top(), 'Settings').modal()))
    expect(readable(rest)).toMatch(/Language: English\n.*Approvals before rendering: /)
    return { rest, form: await ann.press(rest, 'Approvals').modal() }
  }
  const { form } = await approvals()
  const editors = discord.guild.roles.find(({ name }) => name === 'ben')?.id ?? ''
  ann.submit(form, { 'Approvals before rendering': '1', 'Who has to approve': [editors] })
  await says(bot, draft.controls, '0 of 1 approval from ben')

  const render = () => ann.press(draft.controls(), 'Render')
  const approve = async (person = ann) => answerTo(person.press(draft.controls(), 'Approve'))
  expect(readable(await approve())).toBe('You approved this draft as it is now.\n[Take back approval]')
  await says(bot, draft.controls, 'Approved by ann')
  const refused = await answerTo(render())
  expect(readable(refused)).toContain('needs 1 approval from ben before it can be rendered, and has 0')
  // Only a manager may lower the number needed.
  const { rest, form: again } = await approvals()
  expect(again.text).toContain('Approvals before rendering: 1 approval')
  ann.submit(again, { 'Approvals before rendering': '0' })
  await says(bot, () => ann.current(rest), 'Only people who manage this workspace can lower')

  const bens = await approve(ben)
  await says(bot, draft.controls, 'Approved by ben, ann')
  expect(readable(draft.controls())).not.toContain('of 1 approval')
  const edit = await ann.press(draft.segment(1), 'Edit').modal()
  ann.submit(edit, { Narration: 'Steady?' })
  await says(bot, draft.controls, 'Approved by ben · 1 change since')
  await bot.settle(draft.draftId)
  ann.press(draft.controls(), 'Undo')
  await says(bot, draft.controls, 'Approved by ben, ann')
  ben.press(bens, 'Take back approval')
  await says(bot, () => ben.current(bens), 'You took back your approval.')
  await says(bot, draft.controls, '0 of 1 approval from ben')
  await approve(ben)
  render()
  await says(bot, draft.top, 'Rendering')
  await cancelRender(program.core, {
    ...{ workspace: `discord:${discord.guild.id}`, draftId: draft.draftId },
    actor: { id: ann.id, name: 'ann' },
  }).catch(() => undefined)
  await bot.settle(draft.draftId)

  // A manager requires approvals in the whole workspace.
  const workspace = await boss.command('draft settings').modal()
  boss.submit(workspace, { 'Approvals before rendering': '2' })
  await discord.until(
    async () => (await program.core.db.fork().execute('select * from approval_rules')).length === 2,
    'the rule of the workspace',
  )
})
