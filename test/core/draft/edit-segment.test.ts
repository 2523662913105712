import { afterEach, describe, expect, it } from 'vitest'
import { refetchFootage, revoiceSegment } from '../../../src/core/draft/arrange.ts'
import { segmentDuration } from '../../../src/core/draft/duration.ts'
import { editSegment, type SegmentChange } from '../../../src/core/draft/edit-segment.ts'
import { editSettings } from '../../../src/core/draft/edit-settings.ts'
import { retryAssets } from '../../../src/core/draft/retry-assets.ts'
import { ProviderError, StaleEditError } from '../../../src/core/model/errors.ts'
import { DraftEntity, type Status } from '../../../src/db/entities/draft.ts'
import { RevisionEntity } from '../../../src/db/entities/revision.ts'
import { BEN } from '../../factories/people.ts'
import { scope, sharedProgram, testProgram } from '../../factories/program.ts'
import { fakeProviders } from '../../fakes/providers.ts'

// A voice that takes longer than a second.
const program = sharedProgram({ fakes: Object.assign(fakeProviders(), { pace: 15 }) })

afterEach(async () => {
  const { fakes, queue } = program()
  fakes.onVoice = async () => {}
  fakes.onFootage = async () => {}
  // Nothing is spoken in the next test that was asked for in this one.
  await queue.idle()
})

/** A draft with all its assets, its first segment, and the provider requests from now on. */
async function ready() {
  const { load, fakes, queue, core } = program()
  const draftId = await program().ready()
  const first = async () => {
    const { draft, segments } = await load(draftId)
    const segment = segments[0]
    if (!segment) throw new Error('the draft has no segment')
    return { draft, segment, segments }
  }
  const { segment: before } = await first()
  const counts = { spoken: fakes.spoken.length, searched: fakes.searched.length }
  return {
    draftId,
    before,
    first,
    asked: () => ({
      spoken: fakes.spoken.slice(counts.spoken),
      searched: fakes.searched.slice(counts.searched),
    }),
    edit: (change: SegmentChange, seenVersion?: number, actor?: typeof BEN) =>
      editSegment(core, scope(draftId, actor), { segmentId: before.id, change, seenVersion }),
    settled: () => queue.idle(draftId),
    setStatus: (status: Status) => core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status }),
    revisions: () => core.db.fork().count(RevisionEntity, { draftId }),
  }
}

/** A gate that work waits at until it is opened. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

describe('editing a segment', () => {
  it('speaks a new text, and looks for nothing where it says nothing that could be seen', async () => {
    const { edit, before, asked, first, settled } = await ready()
    expect(await edit({ text: ' And so it is,\r\nas it was before. ' })).toBe(true)
    expect((await first()).draft.status).toBe('editing')
    expect((await first()).segment).toMatchObject({ ttsLocalPath: null, ttsDuration: null, words: [] })
    await settled()
    const { segment, draft, segments } = await first()
    expect(asked()).toEqual({ spoken: ['And so it is,\nas it was before.'], searched: [] })
    expect(segment).toMatchObject({
      text: 'And so it is,\nas it was before.',
      videoLocalPath: before.videoLocalPath,
      editedByName: 'Ann',
    })
    expect(segment.ttsLocalPath).not.toBe(before.ttsLocalPath)
    expect(segment.version).toBeGreaterThan(before.version)
    expect(draft.status).toBe('assets_ready')
    expect(segments[1]?.version).toBe(1)
  })

  it('fetches other footage for a new query, and speaks nothing', async () => {
    const { edit, before, asked, first, settled } = await ready()
    await edit({ searchQuery: 'a green valley' })
    await settled()
    const { segment, draft } = await first()
    expect(asked()).toEqual({ spoken: [], searched: ['a green valley'] })
    expect(segment.ttsLocalPath).toBe(before.ttsLocalPath)
    // The other three pictures: two are used by the other segments, and one was used here before.
    expect(segment.videoId).toBe('picture-3')
    expect(draft.status).toBe('assets_ready')
  })

  it('leaves footage alone when only the keyword changes, unless the keyword is all there is to search for', async () => {
    const { edit, asked, first, settled } = await ready()
    await edit({ keyword: 'valley' })
    expect((await first()).draft.status).toBe('assets_ready')
    await edit({ searchQuery: '' })
    await settled()
    expect(asked().searched).toEqual(['valley'])
    await edit({ keyword: 'mountain' })
    await settled()
    expect(asked()).toEqual({ spoken: [], searched: ['valley', 'mountain'] })
  })

  it('draws a scene again when its keyword is part of the picture', async () => {
    const fakes = fakeProviders(['One two three.'])
    fakes.providers.footage = fakes.providers.footage.map((provider) => ({
      ...provider,
      showsKeyword: () => true,
    }))
    const { draft, load, core, queue } = await testProgram({ fakes })
    const draftId = await draft()
    const id = (await load(draftId)).segments[0]?.id ?? 0
    const fetched = fakes.fetched.length
    await editSegment(core, scope(draftId), { segmentId: id, change: { keyword: 'valley' } })
    await queue.idle(draftId)
    // The same scene with a different word.
    expect(fakes.fetched.slice(fetched)).toEqual(['picture-0'])
  })

  it('rounds a duration to frames, yields to a longer voice, and goes back to the voice', async () => {
    const { edit, before, first, asked } = await ready()
    await edit({ duration: 3.34 })
    expect((await first()).segment.duration).toBe(100 / 30)
    expect(segmentDuration((await first()).segment)).toBe(100 / 30)
    await edit({ duration: 1 })
    expect(segmentDuration((await first()).segment)).toBe(before.ttsDuration)
    await edit({ duration: null })
    const { segment, draft } = await first()
    expect(segment.duration).toBeNull()
    expect(draft.status).toBe('assets_ready')
    expect(asked()).toEqual({ spoken: [], searched: [] })
  })

  it('never applies an edit of somebody who has not seen the newest words', async () => {
    const { edit, before, first, settled, revisions } = await ready()
    await edit({ text: 'What Ann wrote.' }, before.version)
    const stale = await edit({ text: 'What Ben wrote.' }, before.version, BEN).catch((error) => error)
    expect(stale).toBeInstanceOf(StaleEditError)
    expect(stale).toMatchObject({ changedBy: 'Ann' })
    await settled()
    expect((await first()).segment.text).toBe('What Ann wrote.')
    expect(await revisions()).toBe(2)
    expect(await edit({ text: 'What Ben wrote.' }, (await first()).segment.version, BEN)).toBe(true)
  })

  it('takes an edit of two people that says the same for no edit', async () => {
    const { edit, before, revisions } = await ready()
    await edit({ keyword: 'both' }, before.version)
    expect(await edit({ keyword: 'both' }, before.version, BEN)).toBe(false)
    expect(await revisions()).toBe(2)
  })

  it('makes no revision of what changes nothing', async () => {
    const { edit, before, first, revisions } = await ready()
    const { text, imageSearchQuery, keyword } = before
    expect(await edit({ text: `  ${text}\n`, searchQuery: imageSearchQuery, keyword, duration: null })).toBe(
      false,
    )
    expect((await first()).segment).toEqual(before)
    expect(await revisions()).toBe(1)
  })

  it.each([
    ['converting', 'draft_busy'],
    ['finalized', 'draft_finalized'],
  ] as const)('is refused while the draft is %s', async (status, code) => {
    const { edit, setStatus, first, before } = await ready()
    await setStatus(status)
    await expect(edit({ text: 'Too late.' })).rejects.toMatchObject({ code })
    expect((await first()).segment).toEqual(before)
  })

  it.each([
    ['no text', { text: ' \n ' }, 'text_empty'],
    ['a text of symbols', { text: '… — !' }, 'text_without_words'],
    ['a text of 2,001 characters', { text: 'x'.repeat(2001) }, 'text_too_long'],
    ['a text of control characters', { text: 'Ding\u0007\u0007\u0007\u0007' }, 'text_has_control_characters'],
    ['a long query', { searchQuery: 'x'.repeat(501) }, 'text_too_long'],
    ['a long keyword', { keyword: 'x'.repeat(201) }, 'text_too_long'],
    ['a duration of nothing', { duration: 0 }, 'duration_out_of_range'],
    ['a duration without end', { duration: Number.POSITIVE_INFINITY }, 'duration_out_of_range'],
    ['a duration that is none', { duration: Number.NaN }, 'duration_out_of_range'],
    ['a duration of 121 s', { duration: 121 }, 'duration_out_of_range'],
  ])('refuses %s and changes nothing', async (_name, change, code) => {
    const { edit, first, before } = await ready()
    await expect(edit({ keyword: 'changed', ...change })).rejects.toMatchObject({ name: 'UserError', code })
    expect((await first()).segment).toEqual(before)
  })

  it('knows neither a draft of another workspace nor a segment of another draft', async () => {
    const { draftId, before } = await ready()
    const { core } = program()
    const change = { keyword: 'mine' }
    await expect(
      editSegment(core, scope(draftId, BEN, 'test:2'), { segmentId: before.id, change }),
    ).rejects.toMatchObject({ code: 'draft_not_found' })
    const other = await program().draft({ topic: 'Other', collect: false })
    await expect(editSegment(core, scope(other), { segmentId: before.id, change })).rejects.toMatchObject({
      code: 'segment_not_found',
    })
  })
})

describe('an edit while assets are being made', () => {
  it('throws away the voice of the words before it', async () => {
    const { edit, first, settled } = await ready()
    const slow = gate()
    program().fakes.onVoice = (text) => (text.startsWith('Slow') ? slow.opened : Promise.resolve())
    await edit({ text: 'Slow words that nobody wants any more.' })
    await edit({ text: 'Quick.' })
    slow.open()
    await settled()
    const { segment, draft } = await first()
    expect(segment.text).toBe('Quick.')
    expect(segment.words.map(({ start, end }) => segment.text.slice(start, end))).toEqual([
      'Quick.'.slice(0, 5),
    ])
    expect(draft.status).toBe('assets_ready')
  })

  it('throws away the voice of a speaking rate that is not wanted any more', async () => {
    const { draftId, edit, first, settled } = await ready()
    const { core, fakes } = program()
    const slow = gate()
    const text = 'These words are spoken at two speeds, one after the other.'
    let calls = 0
    fakes.onVoice = (spoken) => {
      if (spoken === text) calls += 1
      return spoken === text && calls === 1 ? slow.opened : Promise.resolve()
    }
    await edit({ text })
    while (calls === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await editSettings(core, scope(draftId), { voiceSpeed: 2 })
    while (calls === 1) await new Promise((resolve) => setTimeout(resolve, 5))
    slow.open()
    await settled()
    const { segment } = await first()
    expect(calls).toBe(2)
    expect(segment.ttsDuration).toBeLessThan(text.length / 15 / 1.5)
  })

  it('throws away the footage of the keyword before it', async () => {
    const { edit, first, settled, asked } = await ready()
    const slow = gate()
    program().fakes.onFootage = (query) => (query === 'slow' ? slow.opened : Promise.resolve())
    await edit({ searchQuery: '', keyword: 'slow' })
    while (!asked().searched.includes('slow')) await new Promise((resolve) => setTimeout(resolve, 5))
    await edit({ keyword: 'quick' })
    slow.open()
    await settled()
    expect(asked().searched).toEqual(['slow', 'quick'])
    expect((await first()).draft.status).toBe('assets_ready')
  })
})

describe('asking for an asset once more', () => {
  it('speaks the same words again, into another file', async () => {
    const { draftId, before, asked, settled, first } = await ready()
    await revoiceSegment(program().core, scope(draftId), before.id)
    expect((await first()).draft.status).toBe('editing')
    await settled()
    expect(asked()).toEqual({ spoken: [before.text], searched: [] })
    expect((await first()).segment).toMatchObject({ voiceTake: 1, text: before.text })
    expect((await first()).draft.status).toBe('assets_ready')
  })

  it('fetches other footage for the same query', async () => {
    const { draftId, before, asked, settled, first } = await ready()
    await refetchFootage(program().core, scope(draftId), before.id)
    await settled()
    expect(asked()).toEqual({ spoken: [], searched: [before.imageSearchQuery] })
    expect((await first()).segment.videoId).not.toBe(before.videoId)
  })

  it('retries what failed without being an edit, and says what is missing meanwhile', async () => {
    const { draftId, edit, first, settled, revisions } = await ready()
    const { fakes, core } = program()
    fakes.onFootage = async () => {
      throw new ProviderError('fake-footage', 'unavailable', 'The library is closed.')
    }
    await edit({ searchQuery: 'closed' })
    await settled()
    const failed = (await first()).segment
    expect(failed).toMatchObject({ videoLocalPath: null, footageError: expect.stringContaining('is closed') })
    expect((await first()).draft.status).toBe('editing')
    fakes.onFootage = async () => {}
    await retryAssets(core, scope(draftId, BEN), failed.id)
    await settled()
    const { segment, draft } = await first()
    expect(segment).toMatchObject({ footageError: null, version: failed.version, editedByName: 'Ann' })
    expect(draft.status).toBe('assets_ready')
    expect(await revisions()).toBe(2)
    await program().core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'finalized' })
    await expect(retryAssets(core, scope(draftId), failed.id)).rejects.toMatchObject({
      code: 'draft_finalized',
    })
  })
})
