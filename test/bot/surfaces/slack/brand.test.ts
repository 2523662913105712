import sharp from 'sharp'
import { expect, it } from 'vitest'
import { slackBot } from '../../../factories/slack.ts'

it('an admin sends a logo with the settings, which only the bot may fetch, and what is wrong is said under the field', async () => {
  const { slack, create, settle, program } = await slackBot({ segments: 1 })
  const { draftId } = await create()
  const admin = slack.user('eve', { isAdmin: true })
  const form = await admin.command('/draft settings').view()
  const text = slack.sendFile(admin.id, 'logo.png', Buffer.from('just a text that calls itself a picture'))
  const errors = await admin.submit(form, { logo: text }).errors()
  expect(errors).toEqual({ logo: expect.stringContaining('it is not a picture') })
  const square = { width: 90, height: 120, channels: 3, background: '#d02040' } as const
  const picture = await sharp({ create: square }).jpeg().toBuffer()
  await admin
    .submit(form, { logo: slack.sendFile(admin.id, 'logo.jpg', picture), callToAction: '팔로우하기' })
    .acknowledged()
  await settle(draftId)
  const { db, store } = program.core
  const [row] = await db.fork().execute('select brand from drafts where draft_id = ?', [draftId])
  const { logo, callToAction } = JSON.parse(row?.brand)
  expect(callToAction).toBe('팔로우하기')
  expect(await store.has(logo)).toBe(true)
  const later = await admin.command('/draft settings').view()
  expect(later.values.callToAction?.value?.value).toBe('팔로우하기')
  // The other half of the form is unchanged.
  expect(later.values.pronunciations?.value?.value).toBe(null)
  expect(slack.problems).toEqual([])
  slack.withoutScope('files:read')
  const refused = await admin.submit(later, { logo: slack.sendFile(admin.id, 'a.jpg', picture) }).errors()
  expect(refused).toEqual({ logo: expect.stringContaining('could not be downloaded') })
  // An app installed with the previous version's scopes: everything but the logo can be set.
  const older = await admin.command('/draft settings').view()
  expect(older.values.logo).toBe(undefined)
  await admin.submit(older, { callToAction: 'Follow us' }).acknowledged()
  const after = await admin.command('/draft settings').view()
  expect(after.values.callToAction?.value?.value).toBe('Follow us')
})
