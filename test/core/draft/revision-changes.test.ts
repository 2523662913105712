import { describe, expect, it } from 'vitest'
import {
  insertSegment,
  mergeSegment,
  moveSegment,
  refetchFootage,
  removeSegment,
  revoiceSegment,
  splitSegment,
} from '../../../src/core/draft/arrange.ts'
import { chooseFootage } from '../../../src/core/draft/choose-footage.ts'
import { editSegment, type SegmentChange } from '../../../src/core/draft/edit-segment.ts'
import { editSettings } from '../../../src/core/draft/edit-settings.ts'
import { draftHistory, redo, restoreRevision, undo } from '../../../src/core/draft/history.ts'
import { BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'

const program = sharedProgram()
const never = new AbortController().signal

describe('the history of a draft', () => {
  it('says of every kind of step what was there before and is since', async () => {
    const { core, load, queue, ready } = program()
    const draftId = await ready()
    const before = (await load(draftId)).segments
    const id = (place: number) => before[place]?.id ?? 0
    const ben = scope(draftId, BEN)
    const edit = (place: number, change: SegmentChange) =>
      editSegment(core, ben, { segmentId: id(place), change })
    /** The newest revision's changes, once it exists. */
    const changes = async (step: Promise<unknown>) => {
      await step
      await queue.idle(draftId)
      const { revisions } = await draftHistory(core, PLACE.workspace, draftId, { limit: 1 })
      return revisions[0]?.changes.map(({ what, ...rest }) => [what, ...Object.values(rest)])
    }
    const text = await changes(edit(0, { text: 'Another text. It has two sentences.' }))
    expect(text?.[0]).toEqual(['text', 1, 'One two three.', 'Another text. It has two sentences.'])
    const search = await changes(edit(1, { searchQuery: 'other' }))
    expect(search?.[0]).toEqual(['search', 2, 'query 1', 'other'])
    expect(await changes(edit(1, { keyword: 'word' }))).toEqual([['keyword', 2, 'word 1', 'word']])
    expect(await changes(edit(1, { duration: 4 }))).toEqual([['duration', 2, null, 4]])
    expect(await changes(edit(1, { duration: null }))).toEqual([['duration', 2, 4, null]])
    expect(await changes(moveSegment(core, ben, id(2), 'up'))).toEqual([['moved', 3, 2]])
    expect(await changes(moveSegment(core, ben, id(2), 'down'))).toEqual([['moved', 2, 3]])
    expect(await changes(revoiceSegment(core, ben, id(1)))).toEqual([['take', 2, 0, 1]])
    const { segments } = await load(draftId)
    const used = segments.map(({ videoId }) => videoId)
    const free = ['picture-0', 'picture-1', 'picture-2', 'picture-3'].find((each) => !used.includes(each))
    const choice = { provider: 'fake-footage', id: free ?? '' }
    const picture = (id: string | null | undefined) =>
      expect.objectContaining({ provider: 'fake-footage', id, title: `Picture ${id?.at(-1)}` })
    expect(await changes(chooseFootage(core, ben, id(1), choice, never))).toEqual([
      ['footage', 2, picture(used[1]), picture(free)],
    ])
    // For a new search, the footage that arrived afterwards counts.
    const [again] = (await changes(refetchFootage(core, ben, id(1)))) ?? []
    const now = (await load(draftId)).segments[1]?.videoId
    expect(again).toEqual(['footage', 2, picture(free), picture(now)])
    expect(now).not.toBe(free)
    const added = insertSegment(core, ben, null, { text: 'Before all.' })
    expect(await changes(added)).toEqual([['added', 1, 'Before all.']])
    expect((await changes(splitSegment(core, ben, id(0))))?.map((change) => change.slice(0, 2))).toEqual(
      expect.arrayContaining([
        ['text', 2],
        ['added', 3],
      ]),
    )
    expect((await changes(mergeSegment(core, ben, id(0))))?.map((change) => change.slice(0, 2))).toEqual(
      expect.arrayContaining([
        ['text', 2],
        ['removed', 3],
      ]),
    )
    expect(await changes(removeSegment(core, ben, id(2)))).toEqual([['removed', 4, 'Seven eight nine.']])
    const settings = await changes(editSettings(core, ben, { title: 'Other title', tags: ['x'] }))
    expect(settings?.map((change) => [change[0], change[3]])).toEqual([
      ['setting', 'title'],
      ['setting', 'tags'],
    ])
    const restored = await changes(restoreRevision(core, ben, 1))
    expect(restored).toEqual(
      expect.arrayContaining([
        ['text', 1, 'Another text. It has two sentences.', 'One two three.'],
        ['removed', 1, 'Before all.'],
        ['added', 3, 'Seven eight nine.'],
      ]),
    )

    const all = await draftHistory(core, PLACE.workspace, draftId)
    expect(all.total).toBe(all.revisions.length)
    expect(all.revisions.at(-1)).toMatchObject({ number: 1, changes: [] })
    const page = await draftHistory(core, PLACE.workspace, draftId, { skip: 3, limit: 4 })
    expect(page.revisions).toEqual(all.revisions.slice(3, 7))
    expect(all.undoable).toMatchObject({ actorName: 'Ben', action: { code: 'restored', revision: 1 } })
    // A step is described as it was done, no matter by whom.
    expect(await undo(core, scope(draftId))).toMatchObject(all.undoable ?? {})
    expect(await undo(core, scope(draftId))).toMatchObject({ action: { code: 'settings_edited' } })
    expect(await redo(core, scope(draftId))).toMatchObject({ action: { code: 'settings_edited' } })
    const undone = await draftHistory(core, PLACE.workspace, draftId, { limit: 1 })
    expect(undone.revisions).toEqual(all.revisions.slice(0, 1))
    expect(undone.undoable).toMatchObject({ action: { code: 'settings_edited' } })
  })
})
