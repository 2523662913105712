import { expect, it } from 'vitest'
import { SegmentEntity } from '../../../../src/db/entities/segment.ts'
import { slackBot } from '../../../factories/slack.ts'

it('footage is swapped in two clicks: one picture, uploaded once, and the answer follows what is fetched', async () => {
  const { slack, program, create } = await slackBot()
  const { draftId, top } = await create()
  const ben = slack.user('ben')
  const first = () => {
    const message = slack.thread(top).find((each) => slack.shown(each).includes('Segment 1 of 3'))
    if (!message) throw new Error('There is no segment 1.')
    return message
  }
  const uploads = () => slack.callsTo('files.getUploadURLExternal').length
  const before = uploads()
  const panel = await ben.press(first(), 'Footage').reply()
  expect(uploads()).toBe(before + 1)
  expect(panel.ephemeralTo).toBe(ben.id)
  expect(panel.blocks.filter(({ type }) => type === 'image')).toHaveLength(1)
  expect(slack.shown(panel)).toMatch(/Picture \d · still picture · .* · \*in use here\*/)
  const arrived = Promise.withResolvers<void>()
  program.fakes.onFetch = () => arrived.promise
  ben.press(panel, '4')
  await slack.until(() => slack.shown(panel).includes('Fetching number 4…'), 'what is being fetched')
  arrived.resolve()
  await slack.until(() => slack.shown(panel).includes('Number 4 is in use now.'), 'that it is there')
  expect(panel.blocks.filter(({ type }) => type === 'image')).toHaveLength(1)
  const segment = await program.core.db.fork().findOneOrFail(SegmentEntity, { draftId, segmentIndex: 0 })
  expect(segment).toMatchObject({ videoId: 'picture-3', editedByName: 'ben' })
  // The segments' stills are uploaded for the thread; the sheet is never uploaded again.
  const names = slack.callsTo('files.getUploadURLExternal').map(({ args }) => JSON.stringify(args))
  expect(names.filter((each) => each.includes('footage-'))).toHaveLength(1)
  expect(slack.problems).toEqual([])
})
