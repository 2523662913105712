import { expect, it } from 'vitest'
import { moreOf, slackBot } from '../../../factories/slack.ts'

const NASTY =
  '<!here> <@U0SOME> & *b* :smile: <https://evil.example|x> &amp; https://evil.example <6 *s _l ~ `t'
/** The same without markup; what remains only looks like it. */
const PLAIN = '& b x & https://evil.example <6 *s _l ~ `t'

it('shows what people typed without its markup everywhere, and never pings anybody', async () => {
  const { slack, create, settle } = await slackBot({ segments: 1 })
  const ann = slack.user('ann', { realName: '<!here> *Ann*' })
  const { draftId, top } = await create(`create "${NASTY.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}"`)
  const [segment] = slack.thread(top)
  if (!segment) throw new Error('There is no segment.')
  const form = await ann.press(segment, 'Edit').view()
  await ann
    .submit(form, { Narration: `${NASTY}\n> quote`, 'Footage search': NASTY, Keyword: NASTY })
    .acknowledged()
  await slack.until(() => slack.shown(segment).includes('quote'))
  const settings = await ann.press(top, 'Settings').view()
  await ann
    .submit(settings, { Title: NASTY, Description: NASTY, Tags: `${NASTY.slice(0, 10)}, two` })
    .acknowledged()
  await slack.until(() => slack.shown(top).startsWith(PLAIN))
  await settle(draftId)
  // The narration, its picture's alternative text, the search and the keyword.
  expect(slack.shown(segment).split(PLAIN)).toHaveLength(5)
  for (const button of ['History', 'Delete'])
    expect(slack.shown(await ann.press(await moreOf(slack, ann, top), button).reply())).toContain(PLAIN)
  const list = await ann.command('/draft list').reply()
  expect(slack.shown(list)).toContain(PLAIN)

  const everything = slack.world.messages
  expect(everything.flatMap((message) => slack.pings(message))).toEqual([])
  for (const call of slack.callsTo('chat.postMessage'))
    expect(call.args).toMatchObject({ unfurl_links: 'false' })
  const links = everything.flatMap(
    ({ blocks }) =>
      JSON.stringify(blocks).match(/"url":"[^"]*evil|"mrkdwn","text":"[^"]*<https?:[^"]*evil/g) ?? [],
  )
  expect(links).toEqual([])
  expect(slack.problems).toEqual([])
})
