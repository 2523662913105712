import { describe, expect, it } from 'vitest'
import { slackBot } from '../../../factories/slack.ts'
import { fakeProviders } from '../../../fakes/providers.ts'

describe.each([false, true])('what Slack delivers twice (over HTTP: %s)', (http) => {
  describe.each(['envelope', 'trigger'] as const)('in the same %s', (same) => {
    it.each(['/draft', '/draft create'])('opens the form of %s once', async (line) => {
      const { slack, surface } = await slackBot({ http, works: false })
      const ann = slack.user('ann')
      // Slack's errors for a used trigger vary; none of them may reach the person.
      slack.fault('views.open', { error: 'expired_trigger_id' }, 1, 1)
      slack.deliverTwice(1, same)
      await ann.command(line).view()
      await surface.stop()
      expect(slack.callsTo('views.open')).toHaveLength(1)
      expect(ann.ephemerals()).toEqual([])
    })

    it('answers a line that cannot be read once', async () => {
      const { slack, surface } = await slackBot({ http, works: false })
      slack.deliverTwice(1, same)
      await slack.user('ann').command('/draft brew tea').reply()
      await surface.stop()
      expect(slack.callsTo('response_url')).toHaveLength(1)
      expect(slack.user('ann').ephemerals()).toHaveLength(1)
    })

    it('opens the form of the shortcut once', async () => {
      const { slack, surface } = await slackBot({ http, works: false })
      const ann = slack.user('ann')
      slack.deliverTwice(1, same)
      await ann.shortcut('draft_from_message', ann.say('Tea')).view()
      await surface.stop()
      expect(slack.callsTo('views.open')).toHaveLength(1)
      expect(slack.problems).toEqual([])
    })
  })
})

it('opens the form of a button once', async () => {
  const { slack, create, surface } = await slackBot({ segments: 1 })
  const { top } = await create()
  slack.deliverTwice()
  await slack.user('ann').press(top, 'Settings').view()
  await surface.stop()
  expect(slack.callsTo('views.open')).toHaveLength(1)
})

it('posts a clip once that is asked for again while it is being made, and says that it comes', async () => {
  const { slack, create, surface } = await slackBot({ program: { fakes: fakeProviders(['One two.']) } })
  const { top } = await create('create Tea format:square')
  const [message] = slack.thread(top)
  if (!message) throw new Error('There is no segment.')
  const asked = ['ann', 'ben'].map((name) => slack.user(name).press(message, 'Play'))
  for (const press of asked)
    expect(slack.shown(await press.reply())).toBe("I'm making the clip. It will appear in the thread.")
  const clips = () => slack.thread(top).filter(({ files }) => files.length > 0)
  await slack.until(() => clips().length > 0, 'the clip', 60_000)
  await surface.stop()
  expect(clips()).toHaveLength(1)
  expect(clips()[0]?.files).toMatchObject([{ altText: expect.stringContaining('One two.') }])
  expect(slack.problems).toEqual([])
})
