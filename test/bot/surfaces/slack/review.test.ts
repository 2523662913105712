import { expect, it } from 'vitest'
import { controlsOf, slackBot } from '../../../factories/slack.ts'
import { fakeProviders } from '../../../fakes/providers.ts'

it('shows a draft to watch in one message of the thread, and counts the approvals of a user group', async () => {
  const { slack, create, settle, program } = await slackBot({
    program: { fakes: fakeProviders(['Ready?']) },
  })
  const [ann, ben] = [slack.user('ann'), slack.user('ben')]
  slack.world.usergroups.set('S1', {
    ...{ id: 'S1', name: 'Editors', handle: 'editors', disabled: false },
    users: new Set([ben.id]),
  })
  const { draftId, top } = await create('create Tea format:square')
  const replies = slack.thread(top).length
  const previews = () =>
    slack.thread(top).filter(({ files }) => files.some(({ name }) => name.startsWith('preview')))

  ben.press(controlsOf(slack, top), 'Watch')
  await slack.until(() => previews().length === 1)
  const answer = await slack.until(() => ben.ephemerals().at(-1))
  await slack.until(
    () => slack.shown(answer).includes('You can watch it in the thread.') || ben.ephemerals().length > 1,
  )
  expect(previews()[0]?.text).toContain('Preview · revision 1')
  expect(slack.thread(top)).toHaveLength(replies + 1)

  const settings = await ann.press(top, 'Settings').view()
  await ann
    .submit(settings, {
      'Approvals before rendering': '2 approvals',
      'Who has to approve': '@editors',
      Template: 'News',
    })
    .acknowledged()
  await slack.until(() => slack.shown(controlsOf(slack, top)).includes('0 of 2 approvals from @editors'))
  await settle(draftId)
  ann.press(controlsOf(slack, top), 'Watch')
  await slack.until(() => previews()[0]?.text.includes('Preview · revision 2') === true)
  expect(previews()).toHaveLength(1)

  ben.press(controlsOf(slack, top), 'Approve')
  await slack.until(() => slack.shown(controlsOf(slack, top)).includes('Approved by ben'))
  await slack.until(() => slack.shown(controlsOf(slack, top)).includes('1 of 2 approvals from @editors'))
  ann.press(controlsOf(slack, top), 'Render')
  await slack.until(() =>
    ann.ephemerals().some((message) => slack.shown(message).includes('needs 2 approvals from @editors')),
  )
  // Only those who manage the workspace may lower the number needed.
  const lower = await ann.press(top, 'Settings').view()
  const errors = ann.submit(lower, { 'Approvals before rendering': '1 approval' })
  await errors.acknowledged()
  await slack.until(() =>
    ann
      .ephemerals()
      .some((message) => slack.shown(message).includes('Only people who manage this workspace')),
  )
  const boss = slack.user('boss', { isAdmin: true })
  const may = await boss.press(top, 'Settings').view()
  await boss.submit(may, { 'Approvals before rendering': '1 approval' }).acknowledged()
  await slack.until(() => !slack.shown(controlsOf(slack, top)).includes('approvals from'))

  // The group's members can't be read, so no one's approval counts.
  slack.withoutScope('usergroups:read')
  program.core.events.changed(draftId)
  expect(slack.problems).toEqual([])
})
