import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadShown } from '../../../src/bot/thread/load-shown.ts'
import { approve } from '../../../src/core/draft/approve.ts'
import { cancelWork } from '../../../src/core/draft/cancel.ts'
import { chooseFootage, footageChoices } from '../../../src/core/draft/choose-footage.ts'
import { undo } from '../../../src/core/draft/history.ts'
import { pickEnded, requestPick } from '../../../src/core/draft/pick-footage.ts'
import { requestRender } from '../../../src/core/draft/render.ts'
import { setApprovalRule } from '../../../src/core/draft/set-approval-rule.ts'
import { thumbnailPath } from '../../../src/core/media/clip/thumbnail.ts'
import { ProviderError } from '../../../src/core/model/errors.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { PATIENCE } from '../../factories/patience.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram, testProgram } from '../../factories/program.ts'
import { fakeProviders } from '../../fakes/providers.ts'

const program = sharedProgram()
const never = new AbortController().signal

afterEach(() => {
  program().fakes.onFootage = async () => {}
  program().fakes.onFetch = async () => {}
})

async function ready() {
  const { core, load, ready } = program()
  const draftId = await ready()
  const { segments } = await load(draftId)
  const segmentId = segments[0]?.id ?? 0
  return {
    core,
    draftId,
    segmentId,
    segments,
    choices: () => footageChoices(core, scope(draftId), segmentId, never),
    choose: (id: string, actor = BEN) =>
      chooseFootage(core, scope(draftId, actor), segmentId, { provider: 'fake-footage', id }, never),
    load: () => load(draftId),
  }
}

describe('the footage of a segment', () => {
  it('can be picked among candidates with pictures, which say where they are used already', async () => {
    const { choices, segments, core } = await ready()
    const { choices: found } = await choices()
    expect(found).toHaveLength(4)
    const used = new Map(segments.map(({ videoId, segmentIndex }) => [videoId, segmentIndex]))
    for (const { id, isCurrent, usedBy, thumbnailPath, author } of found) {
      const place = used.get(id)
      expect(isCurrent).toBe(place === 0)
      expect(usedBy).toEqual(place === undefined || place === 0 ? [] : [place + 1])
      expect(await core.store.has(thumbnailPath ?? '')).toBe(true)
      expect(author).toMatch(/^Author/)
    }
  })

  it('is the one that somebody chose, with its credit and its still, and is a step of the history', async () => {
    const { choices, choose, load, core, draftId, segmentId, segments } = await ready()
    const other = (await choices()).choices.find(({ isCurrent, usedBy }) => !isCurrent && usedBy.length === 0)
    expect(await choose(other?.id ?? '')).toBe(true)
    const { segments: after, draft } = await load()
    expect(after[0]).toMatchObject({
      id: segmentId,
      videoId: other?.id,
      videoAuthor: other?.author,
      editedByName: 'Ben',
      ttsLocalPath: segments[0]?.ttsLocalPath,
    })
    expect(after[0]?.version).toBeGreaterThan(segments[0]?.version ?? 0)
    expect(draft.status).toBe('assets_ready')
    const still = await thumbnailPath(core, after[0]?.videoLocalPath ?? '')
    expect(await core.store.has(still)).toBe(true)
    expect(await choose(other?.id ?? '')).toBe(false)
    await undo(core, scope(draftId))
    expect((await load()).segments[0]?.videoId).toBe(segments[0]?.videoId)
  })

  it('may be the same as in another segment when somebody wants that', async () => {
    const { choose, load, segments } = await ready()
    expect(await choose(segments[1]?.videoId ?? '')).toBe(true)
    expect((await load()).segments[0]?.videoId).toBe(segments[1]?.videoId)
  })

  it('cannot be what was never among the candidates, of another workspace, or of a draft that renders', async () => {
    const { choose, core, draftId, segmentId, load, segments } = await ready()
    await expect(choose('picture-99')).rejects.toMatchObject({ code: 'candidate_not_found' })
    const elsewhere = { ...scope(draftId), workspace: 'test:2' }
    const choice = { provider: 'fake-footage', id: 'picture-3' }
    await expect(chooseFootage(core, elsewhere, segmentId, choice, never)).rejects.toMatchObject({
      code: 'draft_not_found',
    })
    await expect(footageChoices(core, scope(draftId, ANN, 'test:2'), segmentId, never)).rejects.toMatchObject(
      {
        code: 'draft_not_found',
      },
    )
    const fetched = program().fakes.fetched.length
    await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'converting' })
    await expect(choose('picture-3')).rejects.toMatchObject({ code: 'draft_busy' })
    expect(program().fakes.fetched).toHaveLength(fetched)
    expect((await load()).segments).toEqual(segments)
  })

  it('has no candidates, and keeps what it has, while the library is away', async () => {
    const { choices, load, segments } = await ready()
    program().fakes.onFootage = async () => {
      throw new ProviderError('fake-footage', 'unavailable', 'The library is closed.')
    }
    expect(await choices()).toMatchObject({ choices: [], unusable: [] })
    expect((await load()).segments[0]?.videoLocalPath).toBe(segments[0]?.videoLocalPath)
  })
})

describe('footage that is being fetched', () => {
  /** Fetching blocks until it is released. */
  function held() {
    const { promise, resolve } = Promise.withResolvers<void>()
    const asked: string[] = []
    program().fakes.onFetch = (id) => {
      asked.push(id)
      return promise
    }
    return { release: resolve, asked }
  }

  it('is of several picks the last one, and the others say that they were replaced', async () => {
    const { core, draftId, segmentId, load } = await ready()
    const { release, asked } = held()
    const pick = (id: string) =>
      requestPick(core, scope(draftId, BEN), segmentId, { provider: 'fake-footage', id })
    const first = await pick('picture-3')
    await vi.waitFor(() => expect(asked).toEqual(['picture-3']), PATIENCE)
    const second = await pick('picture-2')
    expect(await pick('picture-2')).toBe(second)
    expect(await pickEnded(core, first, 20_000)).toEqual({ state: 'replaced', error: null })
    release()
    expect(await pickEnded(core, second, 20_000)).toEqual({ state: 'done', error: null })
    expect((await load()).segments[0]).toMatchObject({ videoId: 'picture-2', editedByName: 'Ben' })
  })

  it('is part of no film that can be approved, or rendered as it is, before it is there', async () => {
    const { core, draftId, segmentId } = await ready()
    const { release } = held()
    const picked = await requestPick(core, scope(draftId), segmentId, {
      ...{ provider: 'fake-footage', id: 'picture-3' },
    })
    const shown = async () => (await loadShown(core, draftId, 7))?.ready
    expect(await shown()).toEqual({ isReady: false, why: 'making' })
    await expect(approve(core, scope(draftId, BEN))).rejects.toMatchObject({ code: 'footage_coming' })
    const rule = { place: PLACE, draftId, actor: BEN, manages: true }
    await setApprovalRule(core, rule, { needed: 1 })
    await expect(requestRender(core, scope(draftId))).rejects.toMatchObject({ code: 'footage_coming' })
    release()
    expect(await pickEnded(core, picked, 20_000)).toEqual({ state: 'done', error: null })
    expect(await shown()).toEqual({ isReady: false, why: 'approvals' })
    await approve(core, scope(draftId, BEN))
    expect(await shown()).toEqual({ isReady: true })
  })

  it('that cannot be had leaves what was there, and says why', async () => {
    const { core, draftId, segmentId, load, segments } = await ready()
    program().fakes.onFetch = async () => {
      throw new ProviderError('fake-footage', 'refused', 'The library has withdrawn it.')
    }
    const choice = { provider: 'fake-footage', id: 'picture-3' }
    const jobId = await requestPick(core, scope(draftId), segmentId, choice)
    const ended = await pickEnded(core, jobId, 20_000)
    expect(ended).toMatchObject({ state: 'failed', error: expect.stringContaining('withdrawn') })
    expect((await load()).segments[0]).toMatchObject({
      videoId: segments[0]?.videoId,
      videoLocalPath: segments[0]?.videoLocalPath,
      footageError: null,
    })
  })

  it('is waited for by a render, counts as being made, and can be cancelled', async () => {
    const { core, threads, draft, load } = program()
    const draftId = await draft({ topic: 'Tea', format: 'square', collect: false })
    const segmentId = (await load(draftId)).segments[0]?.id ?? 0
    await footageChoices(core, scope(draftId), segmentId, never)
    const { release, asked } = held()
    const pick = () =>
      requestPick(core, scope(draftId), segmentId, { provider: 'fake-footage', id: 'picture-3' })
    const cancelled = await pick()
    await vi.waitFor(() => expect(asked).toHaveLength(1), PATIENCE)
    expect((await loadShown(core, draftId, 7))?.isCollecting).toBe(true)
    await cancelWork(core, scope(draftId))
    expect(await pickEnded(core, cancelled, 20_000)).toEqual({ state: 'cancelled', error: null })
    const picked = await pick()
    await vi.waitFor(() => expect(asked).toHaveLength(2), PATIENCE)
    const jobId = await requestRender(core, scope(draftId))
    await vi.waitFor(
      async () => expect(await core.db.fork().count(JobEntity, { jobId, state: 'running' })).toBe(1),
      PATIENCE,
    )
    await expect(pick()).rejects.toMatchObject({ code: 'draft_busy' })
    await setTimeout(300)
    expect(asked).toHaveLength(2)
    release()
    expect(await pickEnded(core, picked, 20_000)).toEqual({ state: 'done', error: null })
    // The other segments' missing footage is fetched only after that.
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(2), 20_000)
    await cancelWork(core, scope(draftId))
    expect((await load(draftId)).segments[0]?.videoId).toBe('picture-3')
    await threads.settled()
  })
})

describe('footage chosen by itself', () => {
  it('is sought by what the voice was heard to need, with a margin', async () => {
    const text = 'The harbour sleeps while small boats knock against the old wooden pier all night long.'
    const fakes = fakeProviders([text, text, text, text])
    // It claims to speak 30 characters a second, but speaks 15.
    fakes.pace = 15
    fakes.providers.voice = fakes.providers.voice.map((voice) => ({ ...voice, pace: () => 30 }))
    const lengths: number[] = []
    fakes.providers.footage = fakes.providers.footage.map((stock) => ({
      ...stock,
      search: (query, signal) => {
        lengths.push(query.minDuration)
        return stock.search(query, signal)
      },
    }))
    const { draft } = await testProgram({ fakes })
    await draft()
    lengths.length = 0
    await draft({ topic: 'Boats again' })
    expect(Math.max(...lengths)).toBeGreaterThan(text.length / 15)
    expect(Math.max(...lengths)).toBeLessThan((text.length / 15) * 1.3)
  })

  it('is what another provider has before it is shown twice', async () => {
    const fakes = fakeProviders(['A.', 'B.', 'C.', 'D.', 'E.'])
    const [stock] = fakes.providers.footage
    if (!stock) throw new Error('there is no footage provider')
    const drawn: typeof stock = {
      ...stock,
      name: 'fake-drawn',
      search: async (query) =>
        [1, 2].map((number) => ({
          ...{ provider: 'fake-drawn', id: `scene-${query.index}-${number}`, kind: 'image', title: 'Scene' },
          ...{ previewUrl: null, downloadUrl: null, width: 160, height: 160, duration: null },
          ...{ author: null, pageUrl: null },
        })),
    }
    fakes.providers.footage = [stock, drawn]
    const { draft, load } = await testProgram({ fakes })
    const { segments } = await load(await draft())
    const providers = segments.map(({ videoProvider }) => videoProvider).toSorted()
    expect(providers).toEqual(['fake-drawn', ...Array(4).fill('fake-footage')])
    expect(new Set(segments.map(({ videoId }) => videoId)).size).toBe(5)
    expect(segments.every(({ footageError }) => footageError === null)).toBe(true)
  })

  it('comes from the next provider when one fails, with a remark that says why', async () => {
    const fakes = fakeProviders(['A.'])
    const [stock] = fakes.providers.footage
    if (!stock) throw new Error('there is no footage provider')
    const broken: typeof stock = {
      ...stock,
      name: 'broken',
      search: async () => {
        throw new ProviderError('broken', 'rate_limited', 'Broken has had enough.', { retryAfter: 60 })
      },
    }
    fakes.providers.footage = [broken, stock]
    const { draft, load } = await testProgram({ fakes })
    const loaded = await load(await draft())
    expect(loaded.draft.status).toBe('assets_ready')
    expect(loaded.segments[0]).toMatchObject({
      videoProvider: 'fake-footage',
      footageError: expect.stringMatching(/^Broken has had enough\.\t/),
    })
  })
})
