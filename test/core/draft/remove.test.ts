import { describe, expect, it } from 'vitest'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { listJobs } from '../../../src/core/draft/jobs.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { RevisionEntity } from '../../../src/db/entities/revision.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'

const program = sharedProgram()

/** A draft whose first segment has a voice that no other draft has; returns its path. */
async function withOwnVoice(text: string) {
  const { core, ready, load, queue } = program()
  const draftId = await ready()
  const segmentId = (await load(draftId)).segments[0]?.id ?? 0
  await editSegment(core, scope(draftId), { segmentId, change: { text } })
  await queue.idle(draftId)
  const voice = (await load(draftId)).segments[0]?.ttsLocalPath ?? ''
  expect(await core.store.has(voice)).toBe(true)
  return { draftId, segmentId, voice }
}

describe('deleting a draft', () => {
  it('removes it with its files, its history and its segments, and nothing that another draft uses', async () => {
    const { core, ready, load } = program()
    const other = await ready()
    const shared = (await load(other)).segments.flatMap(({ ttsLocalPath, videoLocalPath }) => [
      ttsLocalPath ?? '',
      videoLocalPath ?? '',
    ])
    const { draftId, voice } = await withOwnVoice('A voice of this draft alone, and of no other one.')
    const deleted: string[] = []
    core.events.on('deleted', (id) => deleted.push(id))
    await deleteDraft(core, scope(draftId))
    const em = core.db.fork()
    const left = [
      await em.count(DraftEntity, { draftId }),
      await em.count(SegmentEntity, { draftId }),
      await em.count(RevisionEntity, { draftId }),
    ]
    expect(left).toEqual([0, 0, 0])
    expect(await core.store.has(voice)).toBe(false)
    for (const file of shared) expect(await core.store.has(file)).toBe(true)
    expect(deleted).toEqual([draftId])
    await expect(deleteDraft(core, scope(draftId))).rejects.toMatchObject({ code: 'draft_not_found' })
  })

  it('keeps files that only an older revision of another draft uses', async () => {
    const { core, load, queue } = program()
    const text = 'This voice is in two drafts, but in one only in its history.'
    const kept = await withOwnVoice(text)
    await editSegment(core, scope(kept.draftId), { segmentId: kept.segmentId, change: { text: 'Gone.' } })
    await queue.idle(kept.draftId)
    const { draftId, voice } = await withOwnVoice(text)
    expect(voice).toBe(kept.voice)
    await deleteDraft(core, scope(draftId))
    expect(await core.store.has(voice)).toBe(true)
    await deleteDraft(core, scope(kept.draftId))
    expect(await core.store.has(voice)).toBe(false)
    await expect(load(kept.draftId)).rejects.toMatchObject({ code: 'draft_not_found' })
  })

  it('keeps all files when told so', async () => {
    const { core } = program()
    const { draftId, voice } = await withOwnVoice('A voice that is kept although its draft is not.')
    await deleteDraft(core, scope(draftId), { keepFiles: true })
    expect(await core.store.has(voice)).toBe(true)
  })

  it('ends the work on it first', async () => {
    const { core, ready, load, fakes, queue } = program()
    const draftId = await ready()
    const segmentId = (await load(draftId)).segments[0]?.id ?? 0
    const spoken = fakes.spoken.length
    fakes.onVoice = () => new Promise(() => {})
    await editSegment(core, scope(draftId), { segmentId, change: { text: 'Never spoken to the end.' } })
    while (fakes.spoken.length === spoken) await new Promise((resolve) => setTimeout(resolve, 5))
    const ended: string[] = []
    queue.once('settled', ({ state }) => ended.push(state))
    await deleteDraft(core, scope(draftId))
    fakes.onVoice = async () => {}
    expect(ended).toEqual(['cancelled'])
    expect(await core.db.fork().count(JobEntity, { draftId })).toBe(0)
  })

  it('is not for other workspaces', async () => {
    const { core, ready, load } = program()
    const draftId = await ready()
    await expect(deleteDraft(core, scope(draftId, BEN, 'test:2'))).rejects.toMatchObject({
      code: 'draft_not_found',
    })
    expect((await load(draftId)).segments).toHaveLength(3)
  })
})

it('lists renders newest first, page by page, only of the workspace or of the draft', async () => {
  const { core } = program()
  const row = {
    ...{
      kind: 'finalize' as const,
      state: 'done' as const,
      progress: 1,
      payload: {},
      priority: 0,
      attempts: 1,
    },
    ...{ requesterId: 'ann', requesterName: 'Ann', outputVideoPath: null, outputDuration: 3 },
    ...{ youtubeUrl: null, error: null, startedAt: null, finishedAt: null },
  }
  const em = core.db.fork()
  for (let number = 0; number < 5; number += 1) {
    const at = new Date(1_700_000_000_000 + number)
    const draftId = number % 2 === 0 ? 'draft_even' : 'draft_odd'
    for (const workspace of [PLACE.workspace, 'test:2']) {
      const jobId = `job_${workspace}_${number}`
      await em.insert(JobEntity, {
        ...{ ...row, jobId, key: jobId, draftId, workspace },
        ...{ runAfter: at, createdAt: at, updatedAt: at },
      })
    }
  }
  const ids = async (options: Parameters<typeof listJobs>[2]) => {
    const { jobs, total } = await listJobs(core, 'test:2', options)
    return [total, ...jobs.map(({ jobId }) => Number(jobId.at(-1)))]
  }
  expect(await ids({})).toEqual([5, 4, 3, 2, 1, 0])
  expect(await ids({ skip: 1, limit: 2 })).toEqual([5, 3, 2])
  expect(await ids({ draftId: 'draft_odd' })).toEqual([2, 3, 1])
})
