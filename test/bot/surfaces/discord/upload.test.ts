import { expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { discordBot, readable } from '../../../factories/discord.ts'
import { finishDraft } from '../../../factories/finished-draft.ts'
import { quickGoogle } from '../../../factories/google.ts'

const EN = wordsFor('en')

test('a manager links a channel, and anyone who may render uploads a video, publishes it and says more of it', async () => {
  const google = await quickGoogle()
  const { discord, program, ann, create, settle } = await discordBot({ program: { env: google.env } })
  const { draftId, messages } = await create()
  const refused = await ann.command('draft account', { do: 'link' }).response()
  expect(readable(refused)).toBe(EN.errors.not_allowed_to_manage(undefined))
  const boss = discord.user('boss', { add: ['ManageGuild'] })
  const code = await boss.command('draft account', { do: 'link' }).response()
  const userCode = google.world.devices[0]?.userCode ?? '-'
  expect(readable(code)).toContain(userCode)
  // Only the person who asked sees it.
  expect(code.visibleTo).toBe(boss.id)
  boss.press(code, 'Check')
  const shows = (text: string) => readable(boss.current(code)).includes(text)
  await discord.until(() => shows(EN.account.waiting) && shows(userCode), 'the code once more')
  google.world.answer(userCode, 'allowed')
  await program.queue.idle()
  boss.press(code, 'Check')
  await discord.until(() => shows('“Bee TV” is linked.'), 'the answer')

  await finishDraft(program.core, draftId, `discord:${discord.guild.id}`)
  await settle(draftId)
  const card = () => {
    const message = messages().at(-1)
    if (!message) throw new Error('the thread is empty')
    return message
  }
  const form = await ann.press(card(), 'Upload…').modal()
  expect(form.text).toContain('Made for kids? Realistic AI scenes?')
  ann.submit(form, { [EN.upload.declare]: 'plain', [EN.form.title]: 'Bees' })
  await discord.until(() => google.world.videos[0], 'the upload')
  await settle(draftId)
  expect(readable(card())).toContain('Watch on YouTube')
  expect(readable(card())).toContain('Private')
  const details = await ann.press(card(), 'Update details').modal()
  expect(details.text).toContain('Bees')
  ann.submit(details, { [EN.form.title]: 'Bees again' })
  await discord.until(() => google.world.videos[0]?.snippet.title === 'Bees again', 'the update')
  ann.press(card(), 'Make public')
  await discord.until(() => google.world.videos[0]?.status.privacyStatus === 'public', 'the publishing')
  await discord.until(() => readable(card()).includes('Public'), 'the card')
})
