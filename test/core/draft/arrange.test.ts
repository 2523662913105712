import { describe, expect, it } from 'vitest'
import {
  insertSegment,
  mergeSegment,
  moveSegment,
  removeSegment,
  splitSegment,
} from '../../../src/core/draft/arrange.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { LIMITS } from '../../../src/core/model/limits.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { BEN } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'

const program = sharedProgram()

/** A draft with the segments One…, Four…, Seven…, and helpers to inspect it. */
async function ready() {
  const { core, load, queue, ready } = program()
  const draftId = await ready()
  const ids = (await load(draftId)).segments.map(({ id }) => id)
  const id = (place: number) => ids[place] ?? 0
  /** The texts' first words in order; fails unless the indexes are 0, 1, 2 … */
  const order = async () => {
    const { segments } = await load(draftId)
    expect(segments.map(({ segmentIndex }) => segmentIndex)).toEqual(segments.map((_, index) => index))
    return segments.map(({ text }) => text.split(' ')[0])
  }
  const settled = async () => {
    await queue.idle(draftId)
    return load(draftId)
  }
  const setText = (place: number, text: string) =>
    editSegment(core, scope(draftId), { segmentId: id(place), change: { text } })
  return { core, draftId, ids, id, order, settled, setText, scope: scope(draftId), load: () => load(draftId) }
}

describe('inserting', () => {
  it('puts a segment at the beginning, between and at the end, and makes its assets', async () => {
    const { core, scope, id, order, settled, ids } = await ready()
    await insertSegment(core, scope, null, { text: 'Before all.' })
    await insertSegment(core, scope, id(0), {
      text: 'Between the two.',
      searchQuery: 'a bridge',
      keyword: 'bridge',
    })
    await insertSegment(core, scope, id(2), { text: 'Last of all.' })
    expect(await order()).toEqual(['Before', 'One', 'Between', 'Four', 'Seven', 'Last'])
    const { draft, segments } = await settled()
    expect(draft.status).toBe('assets_ready')
    expect(segments.filter((segment) => ids.includes(segment.id)).map(({ version }) => version)).toEqual([
      1, 1, 1,
    ])
    expect(segments[2]).toMatchObject({
      keyword: 'bridge',
      imageSearchQuery: 'a bridge',
      editedByName: 'Ann',
    })
    // Without a search of its own, the segment's query is derived from its text.
    expect(segments[0]?.imageSearchQuery).not.toBe('')
  })

  it('refuses a text that cannot be spoken, a segment of elsewhere, and one too many', async () => {
    const { core, scope, id, load, draftId } = await ready()
    await expect(insertSegment(core, scope, null, { text: '…' })).rejects.toMatchObject({
      code: 'text_without_words',
    })
    await expect(insertSegment(core, scope, 987_654, { text: 'Hello.' })).rejects.toMatchObject({
      code: 'segment_not_found',
    })
    const [model] = (await load()).segments
    if (!model) throw new Error('the draft has no segment')
    const { id: _, ...fields } = { ...model }
    const more = Array.from({ length: LIMITS.segments - 3 }, (_, index) => ({
      ...fields,
      draftId,
      segmentIndex: 3 + index,
    }))
    await core.db.fork().insertMany(SegmentEntity, more)
    await expect(insertSegment(core, scope, null, { text: 'Hello.' })).rejects.toMatchObject({
      code: 'too_many_segments',
    })
    await expect(splitSegment(core, scope, id(0))).rejects.toMatchObject({ code: 'too_many_segments' })
    await moveSegment(core, scope, id(0), 'down')
    expect((await load()).segments[1]?.id).toBe(id(0))
  })
})

describe('removing', () => {
  it('takes out the first, the last, and never the only one', async () => {
    const { core, scope, id, order, load } = await ready()
    await removeSegment(core, scope, id(0))
    expect(await order()).toEqual(['Four', 'Seven'])
    await removeSegment(core, scope, id(2))
    expect(await order()).toEqual(['Four'])
    expect((await load()).segments[0]?.id).toBe(id(1))
    await expect(removeSegment(core, scope, id(1))).rejects.toMatchObject({ code: 'too_few_segments' })
    await expect(removeSegment(core, scope, id(0))).rejects.toMatchObject({ code: 'segment_not_found' })
  })

  it('makes a draft ready when it was the only one that lacked something', async () => {
    const { core, scope, id, load } = await ready()
    await core.db
      .fork()
      .nativeUpdate(SegmentEntity, { id: id(1) }, { ttsLocalPath: null, voiceError: 'No voice.' })
    await moveSegment(core, scope, id(0), 'down')
    expect((await load()).draft.status).toBe('editing')
    await removeSegment(core, scope, id(1))
    expect((await load()).draft.status).toBe('assets_ready')
  })
})

describe('moving', () => {
  it('swaps neighbours, keeps identities and versions, and stops at the ends', async () => {
    const { core, scope, id, order, ids, load } = await ready()
    await moveSegment(core, scope, id(2), 'up')
    expect(await order()).toEqual(['One', 'Seven', 'Four'])
    await moveSegment(core, scope, id(2), 'up')
    expect(await order()).toEqual(['Seven', 'One', 'Four'])
    await moveSegment(core, scope, id(2), 'down')
    expect(await order()).toEqual(['One', 'Seven', 'Four'])
    const { segments, draft } = await load()
    expect(segments.map((segment) => segment.id).sort()).toEqual(ids.toSorted())
    expect(segments.map(({ version }) => version)).toEqual([1, 1, 1])
    expect(draft.status).toBe('assets_ready')
    await expect(moveSegment(core, scope, id(0), 'up')).rejects.toMatchObject({ code: 'cannot_move' })
    await expect(moveSegment(core, scope, id(1), 'down')).rejects.toMatchObject({ code: 'cannot_move' })
  })

  it('by several people at once leaves every segment in one place', async () => {
    const { core, draftId, id, order } = await ready()
    await Promise.allSettled(
      [id(0), id(1), id(2), id(0), id(1), id(2)].map((segmentId, index) =>
        moveSegment(core, scope(draftId, BEN), segmentId, index % 2 === 0 ? 'down' : 'up'),
      ),
    )
    expect((await order()).toSorted()).toEqual(['Four', 'One', 'Seven'])
  })
})

describe('splitting', () => {
  it('cuts at the end of the sentence nearest to the middle; each half looks for what it says', async () => {
    const { core, scope, id, setText, settled, order, ids } = await ready()
    await setText(0, 'Dr. Kim is here. He paid 1.5 dollars for tea. He is content now. Bye.')
    const before = (await settled()).segments[0]
    await splitSegment(core, scope, id(0))
    const { segments, draft } = await settled()
    expect(segments.map(({ text }) => text).slice(0, 2)).toEqual([
      'Dr. Kim is here. He paid 1.5 dollars for tea.',
      'He is content now. Bye.',
    ])
    expect(await order()).toEqual(['Dr.', 'He', 'Four', 'Seven'])
    expect(segments[0]).toMatchObject({ id: id(0), imageSearchQuery: 'Kim paid dollars tea' })
    expect(segments[0]?.videoId).not.toBe(before?.videoId)
    expect(ids).not.toContain(segments[1]?.id)
    expect(segments[1]).toMatchObject({ imageSearchQuery: 'content Bye', byHand: '' })
    expect(draft.status).toBe('assets_ready')
  })

  it.each(['Only one sentence.', 'Hello there. 😀', '“Is that all? Really?” she asked.', '한 문장뿐입니다'])(
    'refuses %s',
    async (text) => {
      const { core, scope, id, setText, load } = await ready()
      await setText(1, text)
      await expect(splitSegment(core, scope, id(1))).rejects.toMatchObject({ code: 'cannot_split' })
      expect((await load()).segments).toHaveLength(3)
    },
  )

  it('leaves something to say in both halves', async () => {
    const { core, scope, id, setText, load } = await ready()
    await setText(2, '안녕하세요! 🎉 반갑습니다. 🎉')
    await splitSegment(core, scope, id(2))
    expect((await load()).segments.slice(2).map(({ text }) => text)).toEqual([
      '안녕하세요!',
      '🎉 반갑습니다. 🎉',
    ])
  })
})

describe('merging', () => {
  it('joins two texts, looks for what they say together, and forgets a duration that was meant for one', async () => {
    const { core, scope, id, settled, draftId } = await ready()
    await editSegment(core, scope, { segmentId: id(0), change: { duration: 9 } })
    await mergeSegment(core, scope, id(0))
    const { segments, draft } = await settled()
    expect(segments).toHaveLength(2)
    expect(segments[0]).toMatchObject({
      id: id(0),
      text: 'One two three. Four five six.',
      duration: null,
      imageSearchQuery: 'Four five six',
      segmentIndex: 0,
    })
    expect(segments[1]).toMatchObject({ id: id(2), segmentIndex: 1 })
    expect(draft).toMatchObject({ draftId, status: 'assets_ready' })
  })

  it('refuses the last one, and two that are too long together', async () => {
    const { core, scope, id, setText, load } = await ready()
    await expect(mergeSegment(core, scope, id(2))).rejects.toMatchObject({ code: 'cannot_merge' })
    await core.db.fork().nativeUpdate(SegmentEntity, { id: id(0) }, { text: 'x'.repeat(1999) })
    await setText(1, 'y')
    await expect(mergeSegment(core, scope, id(0))).rejects.toMatchObject({ code: 'merged_too_long' })
    expect((await load()).segments).toHaveLength(3)
  })
})

it('takes a split back by a merge', async () => {
  const { core, scope, id, setText, load } = await ready()
  await setText(0, 'First half here. Second half there.')
  await splitSegment(core, scope, id(0))
  await mergeSegment(core, scope, id(0))
  expect((await load()).segments.map(({ text }) => text)).toEqual([
    'First half here. Second half there.',
    'Four five six.',
    'Seven eight nine.',
  ])
})
