import { describe, expect, it } from 'vitest'
import type { Draft } from '../../../src/db/entities/draft.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { type Segment, SegmentEntity } from '../../../src/db/entities/segment.ts'
import { PLACE } from '../../factories/people.ts'
import { sharedProgram } from '../../factories/program.ts'
import { type FakeChat, fakeChat, saidIn } from '../../fakes/chat.ts'

const program = sharedProgram()

/** A draft in its thread whose rows can be changed by hand. */
async function stage() {
  const { core, threads, ready, load, queue } = program()
  const chat: FakeChat = fakeChat({ playsInline: true })
  threads.register(chat)
  const draftId = await ready()
  await queue.idle(draftId)
  await threads.settled()
  const { segments } = await load(draftId)
  const [first] = segments
  if (!first) throw new Error('There is no segment.')
  const change = async (what: { draft?: Partial<Draft>; segment?: Partial<Segment>; progress?: number }) => {
    const em = core.db.fork()
    if (what.draft) await em.nativeUpdate(DraftEntity, { draftId }, what.draft)
    if (what.segment) await em.nativeUpdate(SegmentEntity, { id: first.id }, what.segment)
    if (what.progress !== undefined)
      await em.nativeUpdate(JobEntity, { draftId, kind: 'finalize' }, { progress: what.progress })
    chat.calls.length = 0
    core.events.changed(draftId)
    await threads.settled()
    return chat.calls.filter((call) => call.startsWith('edit') || call.startsWith('send'))
  }
  const { threadId } = (await load(draftId)).draft
  const at = (place: number) => {
    const message = chat.inThread(threadId)[place]
    if (!message) throw new Error(`There is no message ${place}.`)
    return message
  }
  return { core, draftId, first, at, change }
}

describe('the edits of a thread', () => {
  it('of a segment wait until both its voice and its footage are there', async () => {
    const { first, at, change } = await stage()
    const { ttsLocalPath, ttsDuration, videoLocalPath } = first
    const [top, segment, last] = [0, 1, 4].map((place) => `edit ${at(place).messageId}`)
    const edits = [top, segment, last]
    const gone = { ttsLocalPath: null, ttsDuration: null, videoLocalPath: null }
    expect(await change({ draft: { status: 'editing' }, segment: gone })).toEqual(edits)
    expect(saidIn(at(1).view)).toContain('Recording the voice')
    expect(await change({ segment: { ttsLocalPath, ttsDuration } })).toEqual([top])
    // People's edits are still shown at once, and so are failures.
    expect(await change({ segment: { text: 'Other words.' } })).toEqual([segment])
    expect(saidIn(at(1).view)).toContain('Other words.')
    expect(await change({ segment: { footageError: 'Nothing fits.' } })).toEqual([segment])
    expect(await change({ segment: { footageError: null } })).toEqual([segment])
    expect(await change({ draft: { status: 'assets_ready' }, segment: { videoLocalPath } })).toEqual(edits)
    expect(saidIn(at(1).view)).not.toContain('being')
  })

  it('show a render in five steps, and leave the segments alone until it has ended', async () => {
    const { core, draftId, at, change } = await stage()
    const now = core.clock()
    await core.db.fork().insert(JobEntity, {
      jobId: `job_${draftId.slice(-13)}`,
      kind: 'finalize',
      key: `finalize:${draftId}`,
      draftId,
      workspace: PLACE.workspace,
      state: 'running',
      progress: 0,
      requesterId: null,
      requesterName: null,
      payload: {},
      priority: 0,
      attempts: 1,
      runAfter: now,
      outputVideoPath: null,
      outputDuration: null,
      youtubeUrl: null,
      error: null,
      createdAt: now,
      startedAt: now,
      finishedAt: null,
      updatedAt: now,
    })
    const [top, last] = [0, 4].map((place) => `edit ${at(place).messageId}`)
    expect(await change({ draft: { status: 'converting' } })).toEqual([top, last])
    expect(await change({ progress: 0.09 })).toEqual([])
    expect(await change({ progress: 0.31 })).toEqual([top])
    expect(at(0).view.blocks).toContainEqual(expect.objectContaining({ type: 'progress', fraction: 0.2 }))
    expect(await change({ draft: { status: 'assets_ready' } })).toEqual([top, last])
    const ended = await change({ draft: { status: 'finalized' } })
    expect(ended).toEqual([0, 1, 2, 3, 4].map((place) => `edit ${at(place).messageId}`))
  })
})
