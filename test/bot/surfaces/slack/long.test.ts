import { expect, test } from 'vitest'
import { slackBot } from '../../../factories/slack.ts'
import { fakeProviders } from '../../../fakes/providers.ts'

const TEXTS = Array.from({ length: 9 }, (_, at) => `Line ${'ABCDEFGHI'.charAt(at)} is here.`)

test('a long draft: pictures beside one line each, arranged and moved by two clicks', async () => {
  const { slack, create, settle } = await slackBot({ program: { fakes: fakeProviders(TEXTS) } })
  const { draftId, top } = await create('create Tea format:square')
  const ann = slack.user('ann')
  // All before the last message, which has the controls.
  const cards = () => slack.thread(top).slice(0, -1)
  const order = () =>
    cards()
      .map((message) => /Line (\w)/.exec(slack.shown(message))?.[1])
      .join('')
  const card = (place: number) => {
    const message = cards()[place - 1]
    if (!message) throw new Error(`There is no segment ${place}.`)
    return message
  }
  for (const { blocks } of cards())
    expect(blocks).toMatchObject([
      { type: 'section', accessory: { type: 'image' } },
      { type: 'actions', elements: [{ type: 'button' }, { type: 'button' }, { type: 'overflow' }] },
    ])
  const move = await ann.pick(card(9), /^menu:/, 'Move to…').view()
  expect(await ann.submit(move, { 'New position': '10' }).errors()).toEqual({
    place: 'The position must be a number from 1 to 9.',
  })
  await ann.submit(move, { 'New position': '3' }).acknowledged()
  await slack.until(() => order() === 'ABICDEFGH')

  const arrange = await ann.press(top, 'Arrange').view()
  const list = String(arrange.values.order?.value?.value)
  const lines = list.split('\n')
  // A form with a mistake stays open, with what was typed.
  expect(await ann.submit(arrange, { order: `${list}\n3` }).errors()).toEqual({
    order: 'Segment 3 is in the list twice. Delete one of the two lines.',
  })
  const footage = slack.callsTo('files.getUploadURLExternal').length
  await ann.submit(arrange, { order: lines.toReversed().join('\n') }).acknowledged()
  await slack.until(() => order() === 'HGFEDCIBA')
  await settle(draftId)
  // Every picture had already been uploaded.
  expect(slack.callsTo('files.getUploadURLExternal')).toHaveLength(footage)
  expect(slack.problems).toEqual([])
}, 120_000)

test('progress is on a card of Slack’s for tasks, and on a bar where there is none', async () => {
  for (const hasTaskCards of [true, false]) {
    const { slack, create } = await slackBot({
      hasTaskCards,
      program: { fakes: fakeProviders(['One two.']) },
    })
    const { top } = await create()
    const shown = top.versions.map(({ blocks }) => JSON.stringify(blocks))
    expect(shown.some((blocks) => blocks.includes('"task_card"'))).toBe(hasTaskCards)
    expect(shown.some((blocks) => blocks.includes('▱'))).toBe(!hasTaskCards)
    expect(slack.shown(top)).toContain('Ready to render')
    // It is tried once.
    const refused = slack
      .callsTo('chat.update')
      .filter(({ args }) => JSON.stringify(args.blocks).includes('task_card'))
    if (!hasTaskCards) expect(refused).toHaveLength(1)
  }
})
