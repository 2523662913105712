import { expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { discordBot, readable } from '../../../factories/discord.ts'

const EN = wordsFor('en')

test('/draft settings is for managers of the server: the list is kept, and the draft at hand recorded again', async () => {
  const bot = await discordBot()
  const { draftId } = await bot.create()
  const mod = bot.discord.user('mod', { add: ['ManageMessages'] })
  const refused = await mod.command('draft settings').response()
  expect(readable(refused)).toBe(EN.errors.not_allowed_to_manage(undefined))
  const boss = bot.discord.user('boss', { add: ['ManageGuild'] })
  const form = await boss.command('draft settings', { draft: draftId }).modal()
  expect(form.text).toContain(`Workspace settings\n${EN.form.pronunciations}: `)
  expect(form.text).toContain('Approvals before rendering: None needed')
  const [wrong] = await boss.submit(form, { [EN.form.pronunciations]: 'One' }).privateMessages()
  if (!wrong) throw new Error('There is no answer.')
  expect(readable(wrong)).toContain('“One” cannot be used')
  const again = await boss.press(wrong, 'Edit again').modal()
  expect(again.text).toContain(': One')
  boss.submit(again, { [EN.form.pronunciations]: 'one = won' })
  const saved = EN.private.pronunciationsSaved(1)
  await bot.discord.until(() => readable(boss.current(wrong)).startsWith(saved), 'the answer')
  await bot.settle(draftId)
  expect(bot.program.fakes.spoken.at(-1)).toBe('won two three.')
  // From the help, without a draft.
  const help = await boss.command('draft help').response()
  const later = await boss.press(help, EN.form.workspace).modal()
  expect(later.text).toContain(`Workspace settings\n${EN.form.pronunciations}: one = won\n`)
})
