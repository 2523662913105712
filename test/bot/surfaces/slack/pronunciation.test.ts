import { expect, it } from 'vitest'
import { slackBot } from '../../../factories/slack.ts'

it('/draft settings is for admins of the workspace, and what is wrong is said under the field', async () => {
  const { slack, create, settle, program } = await slackBot({ segments: 1 })
  const { draftId } = await create()
  const ann = slack.user('ann')
  expect(slack.shown(await ann.command('/draft settings').reply())).toContain(
    'Only people who manage this workspace',
  )
  const admin = slack.user('eve', { isAdmin: true })
  const form = await admin.command(`/draft settings ${draftId}`).view()
  expect(form.payload.title.text).toBe('Workspace settings')
  const errors = await admin.submit(form, { pronunciations: 'One' }).errors()
  expect(errors).toEqual({ pronunciations: expect.stringContaining('“One” cannot be used') })
  await admin.submit(form, { pronunciations: 'one = won' }).acknowledged()
  expect(form.open).toBe(false)
  await settle(draftId)
  expect(program.fakes.spoken.at(-1)).toBe('won two three.')
  const later = await admin.command('/draft settings').view()
  expect(later.values.pronunciations?.value?.value).toBe('one = won')
  expect(slack.problems).toEqual([])
})
