import { expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { announceFinished } from '../../../../src/core/draft/webhook/announce.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { discordBot, readable } from '../../../factories/discord.ts'
import { finishDraft } from '../../../factories/finished-draft.ts'
import { ANN } from '../../../factories/people.ts'
import { fakeProviders } from '../../../fakes/providers.ts'
import { startLoopback } from '../../../servers/loopback.ts'

const EN = wordsFor('en')

test('a finished video is handed over to editing programs, and to whom a manager wants notified', async () => {
  const receiver = await startLoopback(() => ({ status: 410 }))
  const program = {
    fakes: fakeProviders(['Bees dance.']),
    env: { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' },
  }
  const bot = await discordBot({ program })
  const { discord, ann } = bot
  const { core } = bot.program
  const { draftId, announcement, messages } = await bot.create({
    options: { topic: 'Tea', format: 'square' },
  })

  const refused = await ann.command('draft settings', { part: 'webhook' }).response()
  expect(readable(refused)).toBe(EN.errors.not_allowed_to_manage(undefined))
  const boss = discord.user('boss', { add: ['ManageGuild'] })
  const form = await boss.command('draft settings', { part: 'webhook' }).modal()
  expect(form.text).toContain(EN.webhook.url)
  const [wrong] = await boss.submit(form, { [EN.webhook.url]: 'https://10.0.0.1/secret' }).privateMessages()
  expect(readable(wrong)).toContain('leads to a private network')
  expect(wrong?.visibleTo).toBe(boss.id)
  const again = await boss.command('draft settings', { part: 'webhook' }).modal()
  const [saved] = await boss.submit(again, { [EN.webhook.url]: `${receiver.origin}/hook` }).privateMessages()
  expect(readable(saved)).toMatch(/It is only shown now:\n`whsec_[A-Za-z0-9+/=]+`/)
  expect(saved?.visibleTo).toBe(boss.id)

  const { render } = await finishDraft(core, draftId, `discord:${discord.guild.id}`)
  // Its length has not been measured.
  await core.db.fork().nativeUpdate(JobEntity, { jobId: render }, { outputDuration: null })
  await bot.settle(draftId)
  await core.db.transaction(async (em) => {
    const draft = await em.findOneOrFail(DraftEntity, { draftId })
    await announceFinished(core, em, draft, render, ANN)
  })
  await bot.settle(draftId)
  const [request] = receiver.requests
  const link = `https://discord.com/channels/${discord.guild.id}/${discord.channel.id}/${announcement.id}`
  expect(request?.json).toMatchObject({
    type: 'draft.finalized',
    data: { draft_id: draftId, video_url: link },
  })
  const off = messages().find((message) => readable(message).includes('The webhook is turned off.'))
  expect(readable(off)).toContain(`<@${boss.id}>`)

  const film = () => discord.messages().find(({ id }) => id === announcement.id) ?? announcement
  const [files] = await ann.press(film(), 'Download').privateMessages()
  if (!files) throw new Error('There is no answer.')
  ann.press(files, EN.buttons.editingFiles)
  const zip = () =>
    messages().find(({ attachments }) => attachments.some(({ filename }) => filename.endsWith('.zip')))
  await discord.until(zip, 'the files for editing')
  await bot.settle(draftId)
  expect(readable(zip())).toContain(EN.editing.howWithoutMusic)
  expect(messages().filter((message) => readable(message).includes(EN.editing.making))).toEqual([])
  await receiver.close()
})
