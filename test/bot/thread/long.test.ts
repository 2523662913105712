import { rm } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { insertSegment, removeSegment } from '../../../src/core/draft/arrange.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { madeAhead } from '../../factories/made-ahead.ts'
import { onDisk } from '../../factories/on-disk.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { fakeChat } from '../../fakes/chat.ts'

const program = sharedProgram()

/** A complete draft of the given number of segments, in its thread. */
async function draftOf(count: number) {
  const { core, threads, ready, load, queue } = program()
  const draftId = await ready()
  const { segments } = await load(draftId)
  const [model] = segments
  if (!model) throw new Error('There is no segment.')
  const { id, ...fields } = { ...model }
  const more = Array.from({ length: count - segments.length }, (_, at) => ({
    ...fields,
    segmentIndex: segments.length + at,
  }))
  await core.db.fork().insertMany(SegmentEntity, more)
  const chat = fakeChat()
  threads.register(chat)
  const settled = async () => {
    core.events.changed(draftId)
    await queue.idle(draftId)
    await threads.settled()
  }
  await settled()
  const { threadId } = (await load(draftId)).draft
  // Between the top message and the last one, which has the controls.
  const cards = () => chat.inThread(threadId).slice(1, -1)
  return { core, chat, draftId, scope: scope(draftId), cards, settled, load: () => load(draftId) }
}

it('a draft that becomes long, or short again, has each of its cards changed once', async () => {
  const { core, chat, scope, cards, settled, load } = await draftOf(8)
  const before = cards()
  expect(before.map(({ view }) => view.isCompact ?? false)).toEqual(before.map(() => false))
  chat.calls.length = 0
  await insertSegment(core, scope, (await load()).segments.at(-1)?.id ?? null, { text: 'One more.' })
  await settled()
  expect(cards().map(({ view }) => view.isCompact)).toEqual(Array(9).fill(true))
  const edits = () =>
    before.map(({ messageId }) => chat.calls.filter((call) => call === `edit ${messageId}`).length)
  expect(edits()).toEqual(Array(8).fill(1))
  chat.calls.length = 0
  await removeSegment(core, scope, (await load()).segments.at(-1)?.id ?? 0)
  await settled()
  expect(edits()).toEqual(Array(8).fill(1))
  expect(cards().map(({ view }) => view.isCompact ?? false)).toEqual(Array(8).fill(false))
})

it('a still that the cleaning has taken is made again for a message that does not have it', async () => {
  const { core, chat, draftId, cards, settled } = await draftOf(9)
  const stills = () =>
    cards().map(({ view }) => view.blocks.some((block) => block.type === 'item' && block.thumbnail))
  expect(stills()).toEqual(Array(9).fill(true))
  await rm(onDisk(core.store, 'previews'), { recursive: true })
  const first = cards()[0]
  if (!first) throw new Error('There is no message.')
  chat.deleteMessage(first.messageId)
  program().threads.refresh(draftId)
  await settled()
  expect(stills()).toEqual(Array(9).fill(true))
})

it('clips that become ready cost no edit of a long draft, and one each of a short one', async () => {
  for (const [count, edits] of [
    [9, 0],
    [3, 3],
  ] as const) {
    const { core, chat, settled, load } = await draftOf(count)
    chat.calls.length = 0
    await madeAhead(core, await load())
    await settled()
    expect([count, chat.calls.filter((call) => call.startsWith('edit')).length]).toEqual([count, edits])
  }
})
