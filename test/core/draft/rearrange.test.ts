import { describe, expect, it } from 'vitest'
import { insertSegment, removeSegment } from '../../../src/core/draft/arrange.ts'
import type { Core } from '../../../src/core/draft/core.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { draftHistory, undo } from '../../../src/core/draft/history.ts'
import type { AskedJob } from '../../../src/core/draft/payloads.ts'
import {
  moveSegmentTo,
  openArrangement,
  overPresentOrder,
  rearrangeSegments,
} from '../../../src/core/draft/rearrange.ts'
import { StaleEditError } from '../../../src/core/model/errors.ts'
import { LIMITS } from '../../../src/core/model/limits.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { madeAhead } from '../../factories/made-ahead.ts'
import { BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'

const program = sharedProgram()

/** A complete draft whose segments say One, Two, Three … */
async function draftOf(count: number) {
  const { load, ready } = program()
  const asked: AskedJob[] = []
  const core = recording(program().core, asked)
  const draftId = await ready()
  const { segments } = await load(draftId)
  const [model] = segments
  if (!model) throw new Error('There is no segment.')
  const em = core.db.fork()
  await em.nativeDelete(SegmentEntity, { draftId, id: { $ne: model.id } })
  await em.nativeUpdate(SegmentEntity, { id: model.id }, { text: 'Segment A1.' })
  const { id: _, ...fields } = { ...model }
  const more = Array.from({ length: count - 1 }, (_, at) => ({
    ...fields,
    segmentIndex: at + 1,
    text: `Segment A${at + 2}.`,
  }))
  await em.insertMany(SegmentEntity, more)
  // A first step, so that the history knows this order.
  await editSegment(core, scope(draftId), { segmentId: model.id, change: { keyword: 'first' } })
  const ids = (await load(draftId)).segments.map(({ id }) => id)
  const order = async () =>
    (await load(draftId)).segments.map(({ id, segmentIndex }, index) => {
      expect(segmentIndex).toBe(index)
      return ids.indexOf(id) + 1
    })
  const steps = async () =>
    (await draftHistory(core, PLACE.workspace, draftId)).revisions.map(({ action }) => action.code)
  asked.length = 0
  return {
    ...{ core, draftId, ids, order, steps, asked, scope: scope(draftId), bens: scope(draftId, BEN) },
    open: () => openArrangement(core, PLACE.workspace, draftId),
    load: () => load(draftId),
  }
}

/** The same core, except that jobs are recorded instead of run and clips are requested ahead. */
function recording(core: Core, asked: AskedJob[]): Core {
  return {
    ...core,
    rendersAhead: true,
    jobs: {
      enqueue: async (job) => `job ${asked.push(job)}`,
      cancel: async () => false,
      retry: async () => false,
      cancelDraft: async () => undefined,
    },
  }
}

const pick = (list: string, ...numbers: number[]) =>
  numbers.map((number) => list.split('\n')[number - 1]).join('\n')

describe('arranging', () => {
  it('puts the segments in the order of the lines and removes those without one, in one step', async () => {
    const { core, scope, open, order, steps, load } = await draftOf(5)
    const { text, seen } = await open()
    const before = (await load()).segments.map(({ id, version }) => [id, version])
    expect(await rearrangeSegments(core, scope, pick(text, 5, 1, 3), seen)).toBe(true)
    expect(await order()).toEqual([5, 1, 3])
    expect((await steps())[0]).toBe('segments_rearranged')
    // A segment's open form doesn't become stale because the segment moved.
    const after = new Map((await load()).segments.map(({ id, version }) => [id, version]))
    for (const [id, version] of before) if (after.has(id ?? 0)) expect(after.get(id ?? 0)).toBe(version)
    await undo(core, scope)
    expect(await order()).toEqual([1, 2, 3, 4, 5])
    expect((await load()).draft.status).toBe('assets_ready')
  })

  it('makes no voice, no footage and no clip again, and neither does moving', async () => {
    const { core, scope, open, asked, load, ids, order } = await draftOf(9)
    await madeAhead(core, await load())
    const { text, seen } = await open()
    await rearrangeSegments(core, scope, pick(text, 1, 2, 7, 5, 6, 4, 8, 9), seen)
    await moveSegmentTo(core, scope, ids[3] ?? 0, 3)
    expect(await order()).toEqual([1, 2, 4, 7, 5, 6, 8, 9])
    expect(
      (await load()).segments.every(({ ttsLocalPath, videoLocalPath }) => ttsLocalPath && videoLocalPath),
    ).toBe(true)
    // The sound has a new order.
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(['sound']))
    // A change that does need files is noticed.
    await editSegment(core, scope, { segmentId: ids[4] ?? 0, change: { text: 'Other words.' } })
    expect(new Set(asked.map(({ kind }) => kind))).toContain('collect')
  })

  it('is no step where the order is the one that there is', async () => {
    const { core, scope, open, steps } = await draftOf(3)
    const before = await steps()
    const { text, seen } = await open()
    expect(await rearrangeSegments(core, scope, `${text}\n`, seen)).toBe(false)
    expect(await steps()).toEqual(before)
  })

  it('takes a draft of as many segments as there may be', async () => {
    const { core, scope, open, order } = await draftOf(LIMITS.segments)
    const { text, seen } = await open()
    expect(text.length).toBeLessThanOrEqual(LIMITS.arrangement.text)
    await rearrangeSegments(core, scope, text.split('\n').reverse().join('\n'), seen)
    expect(await order()).toEqual(Array.from({ length: LIMITS.segments }, (_, at) => LIMITS.segments - at))
  })

  it('changes nothing for a list that cannot be read', async () => {
    const { core, scope, open, order } = await draftOf(3)
    const { text, seen } = await open()
    for (const typed of ['', `${text}\n2`, '1\n4', 'One'])
      await expect(rearrangeSegments(core, scope, typed, seen)).rejects.toMatchObject({ name: 'UserError' })
    await expect(rearrangeSegments(core, scope, '1. Other words.\n2', seen)).rejects.toMatchObject({
      code: 'arrange_words',
    })
    expect(await order()).toEqual([1, 2, 3])
  })

  it('lets others change words meanwhile, but not the order', async () => {
    const { core, scope, bens, open, order, ids } = await draftOf(4)
    const { text, seen } = await open()
    await editSegment(core, bens, { segmentId: ids[1] ?? 0, change: { text: 'Ben has other words.' } })
    await rearrangeSegments(core, scope, pick(text, 2, 1, 3, 4), seen)
    expect(await order()).toEqual([2, 1, 3, 4])
    const stale = rearrangeSegments(core, bens, pick(text, 4, 3, 2, 1), seen)
    await expect(stale).rejects.toEqual(new StaleEditError('Ann'))
    // After an undo, no one who did something else before is named.
    const later = (await open()).seen
    await undo(core, bens)
    await expect(rearrangeSegments(core, scope, text, later)).rejects.toEqual(new StaleEditError(''))
  })

  it('tells a list that came too late in the numbers of today', async () => {
    const { core, scope, bens, open, draftId, ids, order } = await draftOf(5)
    const { text, seen } = await open()
    await removeSegment(core, bens, ids[3] ?? 0)
    await insertSegment(core, bens, ids[0] ?? 0, { text: 'Ben has put this in.' })
    await insertSegment(core, bens, null, { text: 'And this at the beginning.' })
    // Current order: beginning, A1, inserted, A2, A3, A5. Wanted: A5, A4, A1, A3 without A2.
    const late = await overPresentOrder(core, scope, pick(text, 5, 4, 1, 3), seen)
    expect(late.theirs.split('\n').map((line) => line.split('.')[0])).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(late.yours).toBe(
      '1. And this at the beginning.\n6. Segment A5.\n2. Segment A1.\n3. Ben has put this in.\n5. Segment A3.',
    )
    await rearrangeSegments(core, scope, late.yours, late.seen)
    expect((await order()).filter((place) => place > 0)).toEqual([5, 1, 3])
    expect(draftId).not.toBe('')
    // A list that isn't in the history.
    await expect(overPresentOrder(core, scope, '1', 1)).rejects.toMatchObject({ code: 'form_expired' })
  })

  it('is refused while the draft cannot be edited', async () => {
    const { core, draftId, open } = await draftOf(3)
    await core.db.fork().execute(`update drafts set status = 'converting' where draft_id = ?`, [draftId])
    await expect(open()).rejects.toMatchObject({ code: 'draft_busy' })
    await expect(openArrangement(core, 'test:2', draftId)).rejects.toMatchObject({ code: 'draft_not_found' })
  })
})

describe('moving to a place', () => {
  it('puts the segment there, wherever it is', async () => {
    const { core, scope, ids, order, steps } = await draftOf(5)
    expect(await moveSegmentTo(core, scope, ids[4] ?? 0, 1)).toBe(true)
    expect(await order()).toEqual([5, 1, 2, 3, 4])
    expect(await moveSegmentTo(core, scope, ids[0] ?? 0, 4)).toBe(true)
    expect(await order()).toEqual([5, 2, 3, 1, 4])
    expect((await steps()).slice(0, 2)).toEqual(['segment_moved', 'segment_moved'])
    expect(await moveSegmentTo(core, scope, ids[0] ?? 0, 4)).toBe(false)
  })

  it('refuses a place that there is not', async () => {
    const { core, scope, ids, order } = await draftOf(5)
    for (const place of [0, 6, 2.5, -1, Number.NaN])
      await expect(moveSegmentTo(core, scope, ids[1] ?? 0, place)).rejects.toMatchObject({
        code: 'number_out_of_range',
        params: { field: 'place', min: 1, max: 5 },
      })
    expect(await order()).toEqual([1, 2, 3, 4, 5])
  })
})
