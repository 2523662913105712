import { describe, expect, it } from 'vitest'
import { controlsOf, slackBot } from '../../../factories/slack.ts'
import { fakeProviders } from '../../../fakes/providers.ts'

const first = <T>(list: T[]): T => {
  const [one] = list
  if (one === undefined) throw new Error('There is nothing.')
  return one
}

describe.each([false, true])('a draft in Slack (over HTTP: %s)', (http) => {
  it('has its top message in the channel, and segments as replies with pictures, which people edit', async () => {
    const { slack, create, settle } = await slackBot({ http })
    const { draftId, top } = await create('create Tea in the morning format:square duration:20')
    expect(slack.messages()).toEqual([top])
    const [last, ...others] = slack.thread(top).toReversed()
    expect(last && slack.shown(last)).toContain('[Render]')
    const replies = others.reverse()
    expect(replies).toHaveLength(3)
    for (const [index, reply] of replies.entries()) {
      expect(slack.shown(reply)).toContain(`Segment ${index + 1} of 3`)
      expect(reply.blocks.filter(({ type }) => type === 'image')).toHaveLength(1)
      expect(slack.shown(reply)).toContain('[Play]')
    }
    // A picture is uploaded once, however often its message is edited.
    expect(slack.callsTo('files.getUploadURLExternal').length).toBeLessThanOrEqual(3)

    const ben = slack.user('ben')
    const message = first(replies)
    const form = await ben.press(message, 'Edit').view()
    expect(form.values.text?.value?.value).toBe('One two three.')
    expect(await ben.submit(form, { duration: 'soon' }).errors()).toEqual({
      duration: expect.stringContaining('from 1 second to 2 minutes'),
    })
    const narration = '차'.repeat(2000)
    await ben.submit(form, { Narration: narration, Duration: '' }).acknowledged()
    await slack.until(() => slack.shown(message).includes('last edited by ben'))
    await settle(draftId)
    expect(slack.shown(message)).toContain('차차차')
    expect(slack.shown(message)).toContain('…')
    const again = await ben.press(message, 'Edit').view()
    expect(again.values.text?.value?.value).toBe(narration)
    expect(slack.problems).toEqual([])
  })
})

describe('buttons and menus in Slack', () => {
  it('moves, splits and removes segments from the menu, and undoes it', async () => {
    const { slack, create, settle } = await slackBot({
      program: { fakes: fakeProviders(['First sentence. Second sentence.', 'The end of it.']) },
    })
    const { draftId, top } = await create()
    const ann = slack.user('ann')
    const shownTexts = () =>
      slack
        .thread(top)
        .slice(0, -1)
        .map((message) => /> (.*)/.exec(slack.shown(message))?.[1])
    ann.pick(first(slack.thread(top)), /^menu:/, 'Split in two')
    await slack.until(() => slack.thread(top).length === 4)
    await settle(draftId)
    expect(shownTexts()).toEqual(['First sentence.', 'Second sentence.', 'The end of it.'])
    const card = first(slack.thread(top))
    const menus = card.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))
    expect(menus.filter(({ type }) => type === 'overflow')).toHaveLength(1)
    const whole = await ann.pick(card, /^menu:/, 'More…').reply()
    expect(slack.shown(whole)).toMatch(/Segment 1 of 3[\s\S]*\[Move down\]/)
    ann.press(whole, 'Move down')
    await slack.until(() => shownTexts()[0] === 'Second sentence.')
    // The button isn't left there to be pressed again.
    await slack.until(() => slack.shown(whole) === 'Done.')
    ann.press(controlsOf(slack, top), 'Undo')
    await slack.until(() => shownTexts()[0] === 'First sentence.')
    await slack.until(() => slack.shown(controlsOf(slack, top)).includes('[Redo]'))
    ann.press(controlsOf(slack, top), 'Redo')
    await slack.until(() => shownTexts()[0] === 'Second sentence.')
    expect(slack.problems).toEqual([])
  })

  it('shows both texts to somebody who was too late, and applies theirs only when asked', async () => {
    const { slack, create } = await slackBot({ segments: 1 })
    const { top } = await create()
    const [ann, ben] = [slack.user('ann'), slack.user('ben')]
    const message = first(slack.thread(top))
    const [annsForm, bensForm] = [
      await ann.press(message, 'Edit').view(),
      await ben.press(message, 'Edit').view(),
    ]
    await ann.submit(annsForm, { Narration: 'Ann was here.' }).acknowledged()
    await slack.until(() => slack.shown(message).includes('Ann was here.'))
    await ben.submit(bensForm, { Narration: 'Ben comes late.' }).acknowledged()
    const answer = await slack.until(() => ben.ephemerals()[0])
    expect(slack.shown(answer)).toMatch(/ann changed this[\s\S]*Ann was here\.[\s\S]*Ben comes late\./)
    expect(answer.threadTs).toBe(top.ts)
    const typed = await ben.press(answer, 'Edit again').view()
    expect(typed.values.text?.value?.value).toBe('Ben comes late.')
    ben.close(typed)
    ben.press(answer, 'Use mine')
    await slack.until(() => slack.shown(message).includes('Ben comes late.'))
    await slack.until(() => slack.shown(answer).includes('Saved.'))
    expect(ben.ephemerals()).toEqual([answer])
    expect(slack.problems).toEqual([])
  })

  it('posts a clip into the thread with Play, once as long as it is the same', async () => {
    const { slack, create, settle } = await slackBot({ program: { fakes: fakeProviders(['One two.']) } })
    const { draftId, top } = await create('create Tea format:square')
    const card = first(slack.thread(top))
    slack.user('ann').press(card, 'Play')
    const clip = await slack.until(
      () => slack.thread(top).find(({ files }) => files.length > 0),
      'the clip',
      60_000,
    )
    expect(clip.files).toMatchObject([{ title: expect.stringContaining('Segment 1'), mimetype: 'video/mp4' }])
    const clips = () => slack.thread(top).filter(({ files }) => files.length > 0)
    // A person who asks for it again gets a link to it.
    await slack.until(() => slack.callsTo('conversations.replies').length > 0)
    const ben = slack.user('ben')
    const told = await ben.press(card, 'Play').reply()
    expect(slack.shown(told)).toContain('This clip is already in the thread:')
    expect(slack.links(told)[0]?.url).toContain(clip.ts.replace('.', ''))
    expect(clips()).toEqual([clip])
    // A deleted one is posted again, and an outdated one is replaced.
    clip.deleted = true
    ben.press(card, 'Play')
    const second = await slack.until(() => clips()[0], 'the clip again', 60_000)
    const form = await ben.press(card, 'Edit').view()
    await ben.submit(form, { Narration: 'Other words.' }).acknowledged()
    await slack.until(() => slack.shown(card).includes('Other words.'))
    await settle(draftId)
    ben.press(card, 'Play')
    await slack.until(() => clips().some(({ ts }) => ts !== second.ts), 'another clip', 60_000)
    await slack.until(() => second.deleted)
    expect(clips()).toHaveLength(1)
    expect(slack.problems).toEqual([])
  })

  it('renders: progress in place, the video in the thread, and its poster in the one message of the channel', async () => {
    const { slack, create, settle } = await slackBot({
      program: { fakes: fakeProviders(['One two.', 'Three.']) },
    })
    const { draftId, top } = await create('create "Tea * 2" format:square')
    const [ann, ben] = [slack.user('ann'), slack.user('ben')]
    ben.press(controlsOf(slack, top), 'Render')
    await slack.until(() => slack.shown(top).includes('[Cancel]'))
    await slack.until(() => slack.shown(top).includes('[Make changes]'), 'the end', 60_000)
    await settle(draftId)
    expect(slack.messages()).toEqual([top])
    const video = slack.thread(top).at(-1)
    expect(video?.files[0]).toMatchObject({ mimetype: 'video/mp4' })
    // The other files are in the same message.
    const kinds = video?.files.map(({ name }) => name.slice(name.lastIndexOf('.')))
    expect(kinds).toEqual(['.mp4', '.srt', '.vtt', '.jpg'])
    expect(video && slack.shown(video)).toMatch(/Tea \* 2[\s\S]*\d s · [\d.]+ MB/)
    expect(slack.links(top)[0]?.url).toContain(video?.ts.replace('.', ''))
    expect(top.blocks.filter(({ type }) => type === 'image')).toHaveLength(1)
    // Those waiting for it are notified of it, and of nothing else.
    const told = slack.world.messages.filter((message) => slack.pings(message).length > 0)
    expect(told).toEqual([video])
    expect(video && slack.pings(video).toSorted()).toEqual([`<@${ann.id}>`, `<@${ben.id}>`].toSorted())
    const files = await ann.press(top, 'Download').reply()
    expect(slack.links(files)[0]?.url).toContain(video?.ts.replace('.', ''))
    const progress = top.versions.filter(({ blocks }) => JSON.stringify(blocks).includes('task_card'))
    expect(progress.length).toBeGreaterThan(0)
    // Progress is batched: about one edit every two seconds, plus the few caused by people's actions.
    const edits = slack.callsTo('chat.update').filter(({ args }) => args.ts === top.ts)
    const seconds = ((edits.at(-1)?.at ?? 0) - (edits[0]?.at ?? 0)) / 1000
    expect(edits.length).toBeLessThanOrEqual(5 + seconds / 2)
    ann.press(top, 'Make changes')
    await slack.until(() => slack.shown(top).includes('Ready to render'))
    await settle(draftId)
    // The controls are the last message again.
    expect(slack.thread(top).at(-1)).toBe(controlsOf(slack, top))
    expect(slack.problems).toEqual([])
  })

  it('sends nothing when it is brought up to date again, and works after a restart', async () => {
    const { slack, create, program, surface } = await slackBot()
    const { draftId, top } = await create()
    const before = slack.calls.length
    await program.threads.sync(draftId)
    expect(slack.calls.slice(before).map(({ method }) => method)).toEqual(['conversations.replies'])
    // A person deletes a message; it is posted again, in order.
    const [, second] = slack.thread(top)
    if (second) second.deleted = true
    await program.threads.sync(draftId)
    expect(slack.thread(top).map((message) => /Segment \d/.exec(slack.shown(message))?.[0])).toEqual([
      ...['Segment 1', 'Segment 2', 'Segment 3', undefined],
    ])
    await surface.stop()
    expect(slack.problems).toEqual([])
  })
})
