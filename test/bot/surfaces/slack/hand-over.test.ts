import { expect, it } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { announceFinished } from '../../../../src/core/draft/webhook/announce.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { finishDraft } from '../../../factories/finished-draft.ts'
import { ANN } from '../../../factories/people.ts'
import { slackBot } from '../../../factories/slack.ts'
import { fakeProviders } from '../../../fakes/providers.ts'
import { startLoopback } from '../../../servers/loopback.ts'

const EN = wordsFor('en')

it('hands a finished video over to editing programs, and to whom an admin wants notified', async () => {
  const receiver = await startLoopback(() => ({ status: 410 }))
  const program = {
    fakes: fakeProviders(['Bees dance.']),
    env: { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' },
  }
  const bot = await slackBot({ program })
  const { slack, settle } = bot
  const { core } = bot.program
  const { draftId, top } = await bot.create('create Tea format:square')
  const ann = slack.user('ann')
  expect(slack.shown(await ann.command('/draft settings part:webhook').reply())).toContain(
    'Only people who manage this workspace',
  )
  const admin = slack.user('eve', { isAdmin: true })
  const form = await admin.command('/draft settings part:webhook').view()
  const errors = await admin.submit(form, { url: 'https://10.0.0.1/secret' }).errors()
  expect(errors).toEqual({ url: expect.stringContaining('leads to a private network') })
  await admin.submit(form, { url: `${receiver.origin}/hook` }).acknowledged()
  await slack.until(
    () => admin.ephemerals().some((message) => /whsec_[A-Za-z0-9+/=]+/.test(slack.shown(message))),
    'the secret',
  )
  expect(slack.messages().some((message) => slack.shown(message).includes('whsec_'))).toBe(false)

  const { workspace } = (await core.db.fork().execute('select workspace from drafts'))[0] ?? {}
  const { render } = await finishDraft(core, draftId, workspace)
  // Its length has not been measured.
  await core.db.fork().nativeUpdate(JobEntity, { jobId: render }, { outputDuration: null })
  await settle(draftId)
  await core.db.transaction(async (em) => {
    const draft = await em.findOneOrFail(DraftEntity, { draftId })
    await announceFinished(core, em, draft, render, ANN)
  })
  await settle(draftId)
  expect(receiver.requests[0]?.json).toMatchObject({
    data: { draft_id: draftId, video_url: expect.stringMatching(/^https:\/\/.*\/archives\//) },
  })
  const off = slack.thread(top).find((message) => slack.shown(message).includes('The webhook is turned off.'))
  expect(slack.shown(off ?? top)).toContain('@eve')

  const files = await ann.press(top, 'Download').reply()
  ann.press(files, EN.buttons.editingFiles)
  const zip = () => slack.thread(top).find(({ files }) => files?.some(({ name }) => name.endsWith('.zip')))
  await slack.until(zip, 'the files for editing')
  await settle(draftId)
  expect(zip()?.text).toContain(EN.editing.ready('').slice(0, 20))
  expect(slack.thread(top).filter((message) => slack.shown(message).includes(EN.editing.making))).toEqual([])
  expect(slack.problems).toEqual([])
  await receiver.close()
})
