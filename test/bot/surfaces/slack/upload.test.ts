import { expect, it } from 'vitest'
import { finishDraft } from '../../../factories/finished-draft.ts'
import { quickGoogle } from '../../../factories/google.ts'
import { slackBot } from '../../../factories/slack.ts'

it('an admin links a channel, and anyone who may render uploads a video, publishes it and says more of it', async () => {
  const google = await quickGoogle()
  const { slack, program, create, settle } = await slackBot({ segments: 1, program: { env: google.env } })
  const { draftId, top } = await create()
  const ann = slack.user('ann')
  expect(slack.shown(await ann.command('/draft account link').reply())).toContain(
    'Only people who manage this workspace',
  )
  const admin = slack.user('eve', { isAdmin: true })
  const code = await admin.command('/draft account link').reply()
  const userCode = google.world.devices[0]?.userCode ?? '-'
  expect(slack.shown(code)).toContain(userCode)
  google.world.answer(userCode, 'allowed')
  await program.queue.idle()
  admin.press(code, 'Check')
  await slack.until(
    () => admin.ephemerals().some((message) => slack.shown(message).includes('“Bee TV” is linked.')),
    'the answer',
  )
  expect(slack.shown(await admin.command('/draft account unlink Fly TV').reply())).toContain(
    'There is no linked channel “Fly TV” here.',
  )

  const { workspace } = (await program.core.db.fork().execute('select workspace from drafts'))[0] ?? {}
  await finishDraft(program.core, draftId, workspace)
  await settle(draftId)
  const card = () => {
    const message = slack
      .thread(top)
      .findLast((each) => /upload_form|upload_details/.test(JSON.stringify(each.blocks)))
    if (!message) throw new Error('there is no card')
    return message
  }
  const form = await ann.press(card(), 'Upload…').view()
  expect(() => ann.submit(form, {})).toThrow()
  const errors = await ann.submit(form, { declaration: 'plain', publishAt: 'soon' }).errors()
  expect(errors).toEqual({ publishAt: expect.stringContaining('2026-01-31 18:00') })
  await ann.submit(form, { declaration: 'plain', publishAt: '', title: 'Bees' }).acknowledged()
  await slack.until(() => google.world.videos[0], 'the upload')
  await settle(draftId)
  expect(slack.shown(card())).toContain('Watch on YouTube')
  const details = await ann.press(card(), 'Update details').view()
  await ann.submit(details, { title: 'Bees again' }).acknowledged()
  await slack.until(() => google.world.videos[0]?.snippet.title === 'Bees again', 'the update')
  ann.press(card(), 'Make public')
  await slack.until(() => google.world.videos[0]?.status.privacyStatus === 'public', 'the publishing')
  await slack.until(() => slack.shown(card()).includes('Public'), 'the card')
  expect(slack.problems).toEqual([])
})
