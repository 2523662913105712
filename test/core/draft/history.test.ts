import { rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import {
  insertSegment,
  mergeSegment,
  moveSegment,
  refetchFootage,
  removeSegment,
  splitSegment,
} from '../../../src/core/draft/arrange.ts'
import { editSegment, type SegmentChange } from '../../../src/core/draft/edit-segment.ts'
import { editSettings } from '../../../src/core/draft/edit-settings.ts'
import { draftHistory, redo, restoreRevision, undo, undoState } from '../../../src/core/draft/history.ts'
import { retryAssets } from '../../../src/core/draft/retry-assets.ts'
import { KEPT_REVISIONS } from '../../../src/core/draft/revisions.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import type { Segment } from '../../../src/db/entities/segment.ts'
import { onDisk } from '../../factories/on-disk.ts'
import { BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'

const program = sharedProgram()

async function ready() {
  const { core, load, queue, fakes, ready } = program()
  const draftId = await ready()
  const ids = (await load(draftId)).segments.map(({ id }) => id)
  const id = (place: number) => ids[place] ?? 0
  const edit = (place: number, change: SegmentChange) =>
    editSegment(core, scope(draftId), { segmentId: id(place), change })
  /** Everything that makes up a revision, once no work is left. */
  const state = async () => {
    await queue.idle(draftId)
    const { draft, segments } = await load(draftId)
    const { title, description, tags, template, musicEnabled, musicMood, musicVolume, status } = draft
    return {
      ...{ title, description, tags, template, musicEnabled, musicMood, musicVolume, status },
      segments: segments.map(contentOf),
    }
  }
  const asked = async <T>(work: () => Promise<T>) => {
    const before = fakes.spoken.length + fakes.fetched.length
    await work()
    await queue.idle(draftId)
    return fakes.spoken.length + fakes.fetched.length - before
  }
  const load_ = () => load(draftId)
  return { core, draftId, scope: scope(draftId), ids, id, edit, state, asked, load: load_ }
}

function contentOf(segment: Segment) {
  const { version, createdAt, updatedAt, editedById, editedByName, ...content } = { ...segment }
  return content
}

describe('undo and redo', () => {
  it('walk over every kind of change and back, to exactly what was there', async () => {
    const { core, scope, id, edit, state, asked } = await ready()
    const states = [await state()]
    const steps: (() => Promise<unknown>)[] = [
      () => edit(0, { text: 'Another first text. It has two sentences.' }),
      () => edit(1, { searchQuery: 'other', keyword: 'word', duration: 4 }),
      () => moveSegment(core, scope, id(2), 'up'),
      () => splitSegment(core, scope, id(0)),
      () => removeSegment(core, scope, id(2)),
      () =>
        editSettings(core, scope, {
          title: 'Other title',
          tags: ['x'],
          template: 'news',
          musicEnabled: false,
        }),
      () => refetchFootage(core, scope, id(1)),
      () => insertSegment(core, scope, null, { text: 'Before all.' }),
      () => mergeSegment(core, scope, id(0)),
    ]
    for (const step of steps) {
      await step()
      states.push(await state())
    }
    expect(new Set(states.map((each) => JSON.stringify(each))).size).toBe(states.length)
    // Every file still exists, so nothing is spoken or fetched on the way.
    const work = await asked(async () => {
      for (const expected of states.toReversed().slice(1)) {
        await undo(core, scope)
        expect(await state()).toEqual(expected)
      }
      await expect(undo(core, scope)).rejects.toMatchObject({ code: 'nothing_to_undo' })
      for (const expected of states.slice(1)) {
        await redo(core, scope)
        expect(await state()).toEqual(expected)
      }
      await expect(redo(core, scope)).rejects.toMatchObject({ code: 'nothing_to_redo' })
    })
    expect(work).toBe(0)
  })

  it('forget what was undone once something new is done', async () => {
    const { core, scope, draftId, edit, state } = await ready()
    await edit(0, { keyword: 'first' })
    await edit(0, { keyword: 'second' })
    await undo(core, scope)
    const em = core.db.fork()
    expect(await undoState(em, draftId, 2)).toEqual({ canUndo: true, canRedo: true })
    await edit(1, { keyword: 'new' })
    await expect(redo(core, scope)).rejects.toMatchObject({ code: 'nothing_to_redo' })
    expect((await state()).segments.map(({ keyword }) => keyword)).toEqual(['first', 'new', 'word 2'])
    const { revisions, current } = await draftHistory(core, PLACE.workspace, draftId)
    expect(revisions.map(({ number }) => number)).toEqual([3, 2, 1])
    expect(current).toBe(3)
  })

  it('give a changed segment a version of its own and say who did it', async () => {
    const { core, draftId, edit, load, id } = await ready()
    await edit(0, { text: 'A text that is undone.' })
    const seen = (await load()).segments[0]?.version ?? 0
    await undo(core, scope(draftId, BEN))
    const { segments } = await load()
    expect(segments[0]).toMatchObject({ text: 'One two three.', editedByName: 'Ben' })
    expect(segments[0]?.version).toBeGreaterThan(seen)
    expect(segments[1]).toMatchObject({ version: 1, editedByName: null })
    const stale = editSegment(core, scope(draftId), {
      segmentId: id(0),
      change: { text: 'Over what was undone.' },
      seenVersion: seen,
    })
    await expect(stale).rejects.toMatchObject({ name: 'StaleEditError', changedBy: 'Ben' })
  })

  it('keep assets that arrived for other segments since', async () => {
    const { core, queue, load, fakes, draft } = program()
    const draftId = await draft({ topic: 'Tea', collect: false })
    const [first = 0, ...others] = (await load(draftId)).segments.map(({ id }) => id)
    await editSegment(core, scope(draftId), { segmentId: first, change: { keyword: 'new' } })
    // The others' assets are requested after the first edit, so the first revision has none of them.
    for (const each of others) await retryAssets(core, scope(draftId), each)
    await queue.idle(draftId)
    const before = (await load(draftId)).segments
    const work = fakes.spoken.length + fakes.fetched.length
    await undo(core, scope(draftId))
    await queue.idle(draftId)
    const { draft: after, segments } = await load(draftId)
    expect(after.status).toBe('assets_ready')
    expect(segments.slice(1).map(contentOf)).toEqual(before.slice(1).map(contentOf))
    expect(fakes.spoken.length + fakes.fetched.length - work).toBeLessThanOrEqual(1)
  })

  it('make an asset again whose file is gone', async () => {
    const { core, scope, edit, state, load } = await ready()
    const { fakes } = program()
    // A unique length, since the fake voice makes one file for all texts of one length.
    const text = 'This is what it was, and that is that too.'
    await edit(0, { text })
    const first = await state()
    await edit(0, { text: 'Words between.', searchQuery: 'between' })
    await state()
    for (const file of [first.segments[0]?.ttsLocalPath, first.segments[0]?.videoLocalPath])
      await rm(onDisk(core.store, file ?? ''))
    const spoken = fakes.spoken.length
    await undo(core, scope)
    expect((await load()).draft.status).toBe('editing')
    expect(await state()).toEqual(first)
    expect(fakes.spoken.slice(spoken)).toEqual([text])
    for (const file of [first.segments[0]?.ttsLocalPath, first.segments[0]?.videoLocalPath])
      expect(await core.store.has(file ?? '')).toBe(true)
  })

  it('are refused while the draft renders or is finished, and in another workspace', async () => {
    const { core, scope: here, draftId, edit } = await ready()
    await edit(0, { keyword: 'new' })
    await expect(undo(core, scope(draftId, BEN, 'test:2'))).rejects.toMatchObject({ code: 'draft_not_found' })
    await expect(draftHistory(core, 'test:2', draftId)).rejects.toMatchObject({ code: 'draft_not_found' })
    for (const [status, code] of [
      ['converting', 'draft_busy'],
      ['finalized', 'draft_finalized'],
    ] as const) {
      await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status })
      for (const work of [undo, redo]) await expect(work(core, here)).rejects.toMatchObject({ code })
      await expect(restoreRevision(core, here, 1)).rejects.toMatchObject({ code })
    }
  })
})

describe('the history', () => {
  it('brings back an old revision as a new one', async () => {
    const { core, scope, draftId, edit, id, state, asked } = await ready()
    const first = await state()
    await edit(0, { text: 'Second.' })
    await removeSegment(core, scope, id(1))
    const third = await state()
    expect(await asked(() => restoreRevision(core, scope, 1))).toBe(0)
    expect(await state()).toEqual(first)
    const { revisions, current } = await draftHistory(core, PLACE.workspace, draftId)
    expect(current).toBe(4)
    expect(revisions[0]).toMatchObject({
      number: 4,
      action: { code: 'restored', revision: 1 },
      actorName: 'Ann',
    })
    expect(revisions[0]).not.toHaveProperty('snapshot.segments')
    await undo(core, scope)
    expect(await state()).toEqual(third)
    await expect(restoreRevision(core, scope, 99)).rejects.toMatchObject({ code: 'revision_not_found' })
  })

  it(`keeps ${KEPT_REVISIONS} steps`, async () => {
    const { core, scope, draftId, edit, state } = await ready()
    for (let step = 0; step < KEPT_REVISIONS + 2; step += 1) await edit(0, { keyword: `step ${step}` })
    const { revisions } = await draftHistory(core, PLACE.workspace, draftId)
    expect(revisions).toHaveLength(KEPT_REVISIONS)
    await expect(restoreRevision(core, scope, 1)).rejects.toMatchObject({ code: 'revision_not_found' })
    for (let step = 1; step < KEPT_REVISIONS; step += 1) await undo(core, scope)
    await expect(undo(core, scope)).rejects.toMatchObject({ code: 'nothing_to_undo' })
    expect((await state()).segments[0]?.keyword).toBe('step 2')
  })
})
