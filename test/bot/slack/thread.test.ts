import { describe, expect, it } from 'vitest'
import { slackBot } from '../../factories/slack.ts'

describe.each([false, true])('a draft in Slack (over HTTP: %s)', (http) => {
  it('gets a thread: the top message in the channel, segments as replies with pictures', async () => {
    const { slack, create } = await slackBot({ http })
    const { top } = await create('create Tea in the morning format:square duration:20')
    expect(slack.messages()).toEqual([top])
    expect(slack.shown(top)).toContain('[Render]')
    const replies = slack.thread(top)
    expect(replies).toHaveLength(3)
    for (const [index, reply] of replies.entries()) {
      expect(slack.shown(reply)).toContain(`Segment ${index + 1} of 3`)
      expect(reply.blocks.filter(({ type }) => type === 'image')).toHaveLength(1)
      expect(slack.shown(reply)).toContain('[Play]')
    }
    expect(slack.problems).toEqual([])
  })
})
