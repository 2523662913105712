import { describe, expect, it } from 'vitest'
import { insertSegment, mergeSegment, refetchFootage, splitSegment } from '../../../src/core/draft/arrange.ts'
import { chooseFootage, footageChoices } from '../../../src/core/draft/choose-footage.ts'
import { editSegment, type SegmentChange } from '../../../src/core/draft/edit-segment.ts'
import { redo, undo } from '../../../src/core/draft/history.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { scope, sharedProgram, testProgram } from '../../factories/program.ts'
import { fakeProviders } from '../../fakes/providers.ts'

const program = sharedProgram()
const HARBOUR = 'The harbour wakes before the city.'
const KITCHEN = 'A copper kettle sings in the kitchen.'

async function ready(on = program()) {
  const { core, load, queue, fakes } = on
  const draftId = await on.ready()
  const segments = async () => (await load(draftId)).segments
  const [first, second] = await segments()
  const id = first?.id ?? 0
  const before = fakes.searched.length
  const settled = () => queue.idle(draftId)
  return {
    ...{ core, draftId, id, second: second?.id ?? 0, scope: scope(draftId), settled, segments },
    /** The first segment, once no work is left. */
    first: async () => {
      await settled()
      const [segment] = await segments()
      if (!segment) throw new Error('the draft has no segment')
      return segment
    },
    edit: (change: SegmentChange, segmentId = id) => editSegment(core, scope(draftId), { segmentId, change }),
    searched: () => fakes.searched.slice(before),
    /** Picks footage that no segment uses. */
    pick: async () => {
      const signal = new AbortController().signal
      const { choices: found } = await footageChoices(core, scope(draftId), id, signal)
      const free = found.find(({ isCurrent, usedBy }) => !isCurrent && usedBy.length === 0)
      const choice = { provider: 'fake-footage', id: free?.id ?? '' }
      await chooseFootage(core, scope(draftId), id, choice, signal)
      return choice.id
    },
  }
}

describe('keyword and search', () => {
  it('follow a new text, and footage is looked for', async () => {
    const { edit, first, searched } = await ready()
    const { keyword, imageSearchQuery, videoId } = await first()
    // As a form sends it: all fields, one of them changed.
    await edit({ text: HARBOUR, keyword, searchQuery: imageSearchQuery, duration: null })
    const after = await first()
    expect(after).toMatchObject({ keyword: 'harbour wakes', imageSearchQuery: 'harbour wakes city' })
    expect(searched()).toEqual(['harbour wakes city'])
    expect(after.videoId).not.toBe(videoId)
    expect(after.byHand).toBe('')
    await edit({ text: KITCHEN })
    expect((await first()).imageSearchQuery).toBe('copper kettle sings kitchen')
  })

  it('stay where the text asks for the same, or for nothing that could be seen', async () => {
    const { edit, first, searched } = await ready()
    await edit({ text: HARBOUR })
    await first()
    await edit({ text: `${HARBOUR} Is it not?` })
    await edit({ text: 'And so it is.' })
    expect(await first()).toMatchObject({ keyword: 'harbour wakes', imageSearchQuery: 'harbour wakes city' })
    expect(searched()).toEqual(['harbour wakes city'])
  })

  it('stay where a person has set them, before or in the same form, each by itself', async () => {
    const { edit, first } = await ready()
    await edit({ keyword: 'Dawn' })
    await edit({ text: HARBOUR })
    expect(await first()).toMatchObject({ keyword: 'Dawn', imageSearchQuery: 'harbour wakes city' })
    await edit({ text: KITCHEN, searchQuery: 'steam' })
    expect(await first()).toMatchObject({
      keyword: 'Dawn',
      imageSearchQuery: 'steam',
      byHand: 'keyword search',
    })
    await edit({ text: HARBOUR })
    expect(await first()).toMatchObject({ keyword: 'Dawn', imageSearchQuery: 'steam' })
  })

  it('come back with an undo, and with whose they are', async () => {
    const { core, edit, first, scope } = await ready()
    const before = await first()
    await edit({ keyword: 'Dawn' })
    await undo(core, scope)
    await edit({ text: HARBOUR })
    expect(await first()).toMatchObject({ keyword: 'harbour wakes', byHand: '' })
    await undo(core, scope)
    const { text, keyword, imageSearchQuery, videoId, byHand } = before
    expect(await first()).toMatchObject({ text, keyword, imageSearchQuery, videoId, byHand })
    await redo(core, scope)
    expect(await first()).toMatchObject({ keyword: 'harbour wakes' })
  })

  it('of a segment that somebody added are theirs as far as they gave them', async () => {
    const { core, edit, segments, settled, scope } = await ready()
    await insertSegment(core, scope, null, { text: HARBOUR, keyword: 'Dawn' })
    const [added] = await segments()
    expect(added?.byHand).toBe('keyword')
    await edit({ text: KITCHEN }, added?.id)
    await settled()
    expect((await segments())[0]).toMatchObject({
      keyword: 'Dawn',
      imageSearchQuery: 'copper kettle sings kitchen',
    })
  })

  it('are those of both halves of a split when a person set the search', async () => {
    const { core, edit, id, segments, settled, scope } = await ready()
    await edit({ text: `${HARBOUR} ${KITCHEN}`, searchQuery: 'morning' })
    await settled()
    await splitSegment(core, scope, id)
    expect((await segments()).slice(0, 2)).toMatchObject([
      { text: HARBOUR, keyword: 'harbour wakes', imageSearchQuery: 'morning' },
      { text: KITCHEN, keyword: 'kitchen', imageSearchQuery: 'morning', byHand: 'search' },
    ])
    await settled()
  })

  it('follow what is filled into a blank, and are the outline’s until then', async () => {
    const { core, draftId, edit, first } = await ready()
    await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { isOutline: true })
    const { keyword, imageSearchQuery } = await first()
    await edit({ text: '[Your fact: where the kettle stands.]' })
    expect(await first()).toMatchObject({ keyword, imageSearchQuery })
    await edit({ text: HARBOUR })
    expect(await first()).toMatchObject({ imageSearchQuery: 'harbour wakes city' })
  })
})

describe('footage that somebody picked', () => {
  it('stays with another text, half of it, and more of it', async () => {
    const { core, edit, first, pick, id, scope, searched, settled } = await ready()
    const picked = await pick()
    const asked = searched().length
    await edit({ text: `${HARBOUR} ${KITCHEN}` })
    expect(await first()).toMatchObject({ videoId: picked, byHand: 'footage' })
    await splitSegment(core, scope, id)
    expect(await first()).toMatchObject({ videoId: picked, imageSearchQuery: 'harbour wakes city' })
    await mergeSegment(core, scope, id)
    expect((await first()).videoId).toBe(picked)
    await settled()
    // The second half's footage was searched for while that half existed.
    expect(searched().slice(asked)).toEqual(['copper kettle sings kitchen'])
  })

  it('is not theirs any more once they look for something else', async () => {
    const { core, edit, first, pick, scope, id } = await ready()
    await pick()
    await edit({ searchQuery: 'steam' })
    expect((await first()).byHand).toBe('search')
    const picked = await pick()
    await refetchFootage(core, scope, id)
    const after = await first()
    expect(after.byHand).toBe('search')
    expect(after.videoId).not.toBe(picked)
  })

  it('keeps the word that is part of it', async () => {
    const fakes = fakeProviders()
    fakes.providers.footage = fakes.providers.footage.map((provider) => ({
      ...provider,
      showsKeyword: () => true,
    }))
    const { edit, first, pick } = await ready(await testProgram({ fakes }))
    const { keyword } = await first()
    const picked = await pick()
    await edit({ text: HARBOUR })
    expect(await first()).toMatchObject({ keyword, imageSearchQuery: 'harbour wakes city', videoId: picked })
  })
})
