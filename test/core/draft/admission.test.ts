import { describe, expect, it } from 'vitest'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { payloadOf } from '../../../src/core/draft/payloads.ts'
import { cancelRender, reopenDraft, requestRender } from '../../../src/core/draft/render.ts'
import { retryCreate } from '../../../src/core/draft/retry-create.ts'
import { utcMinute } from '../../../src/core/model/moment.ts'
import type { Actor } from '../../../src/core/model/people.ts'
import { runCreate } from '../../../src/core/pipeline/create.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { type Job, JobEntity } from '../../../src/db/entities/job.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { scope, testProgram } from '../../factories/program.ts'

const HOUR = 3_600_000

/** A program that works on nothing, so jobs stay queued, and drafts without a job. */
async function waitingProgram(env: NodeJS.ProcessEnv) {
  let passed = 0
  const program = await testProgram({ env, start: false, clock: () => new Date(Date.now() + passed) })
  const { core } = program
  /** Ready to render according to its rows. */
  const ready = async (actor = ANN) => {
    const { draftId, jobId } = await requestDraft(core, { topic: 'Tea', collect: false }, actor, PLACE)
    const em = core.db.fork()
    await em.nativeUpdate(JobEntity, { jobId }, { state: 'running' })
    const job = await em.findOneOrFail(JobEntity, { jobId })
    await runCreate(core, job, payloadOf('create', job), new AbortController().signal)
    await em.nativeDelete(JobEntity, { jobId })
    return draftId
  }
  const render = (draftId: string, actor = ANN) => requestRender(core, scope(draftId, actor))
  const end = (jobId: string, fields: Partial<Job>) =>
    core.db.fork().nativeUpdate(JobEntity, { jobId }, fields)
  const pass = (milliseconds: number) => {
    passed += milliseconds
  }
  return { ...program, ready, render, end, pass }
}

const codes = (results: PromiseSettledResult<unknown>[]) =>
  results.map((result) => (result.status === 'rejected' ? result.reason.code : 'admitted')).toSorted()

describe('limits', () => {
  it('do not last for a year when the clock is put back', async () => {
    const { ready, render, pass } = await waitingProgram({ MAX_RENDERS_PER_HOUR: '1' })
    await render(await ready())
    const second = await ready()
    await expect(render(second)).rejects.toMatchObject({ code: 'limit_renders' })
    pass(-365 * 24 * HOUR)
    await render(second)
  })

  it('let in as many of those who ask at once as are allowed', async () => {
    const env = { MAX_OPEN_DRAFTS: '2', MAX_RENDERS_PER_HOUR: '1' }
    const { core, ready, render } = await waitingProgram(env)
    const drafts = [await ready(), await ready()]
    expect(codes(await Promise.allSettled(drafts.map((draftId) => render(draftId))))).toEqual([
      'admitted',
      'limit_renders',
    ])
    const ask = () => requestDraft(core, { topic: 'Tea' }, BEN, PLACE)
    const asked = await Promise.allSettled([1, 2, 3, 4, 5].map(ask))
    expect(codes(asked)).toEqual(['admitted', 'admitted', ...Array(3).fill('limit_open_drafts')])
  })

  it('hold for all people of a workspace together, and for each workspace alone', async () => {
    const env = { MAX_OPEN_DRAFTS_PER_WORKSPACE: '2', MAX_RENDERS_PER_HOUR_PER_WORKSPACE: '1' }
    const { core, ready, render } = await waitingProgram(env)
    const [first, second] = [await ready(ANN), await ready(BEN)]
    await expect(requestDraft(core, { topic: 'Tea' }, BEN, PLACE)).rejects.toMatchObject({
      message:
        'This workspace has 2 open drafts, which is the limit. Finish or delete one first, or ask an admin to raise MAX_OPEN_DRAFTS_PER_WORKSPACE.',
    })
    await requestDraft(core, { topic: 'Tea' }, BEN, { ...PLACE, workspace: 'test:2' })
    await render(first, ANN)
    await expect(render(second, BEN)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^The limit is 1 render per hour for this workspace\. You can render again from/,
      ),
    })
  })

  it('count the seconds of videos, those that are coming too, and say when there are some again', async () => {
    const { ready, render, end, pass, core } = await waitingProgram({ MAX_VIDEO_SECONDS_PER_DAY: '10' })
    const [first, second, third] = [await ready(), await ready(), await ready()]
    const one = await render(first)
    const { createdAt } = await core.db.fork().findOneOrFail(JobEntity, { jobId: one })
    const first24h = createdAt.getTime() + 24 * HOUR
    await end(one, { state: 'done', outputDuration: 9.5 })
    pass(HOUR)
    const two = await render(second)
    // The first render plus the expected second one exceed the quota; a day after the first there is room again.
    await expect(render(third)).rejects.toMatchObject({
      code: 'limit_seconds',
      params: {
        ...{ max: 10, whose: 'person' },
        again: utcMinute(first24h),
      },
    })
    await end(two, { state: 'failed' })
    await core.db.fork().nativeUpdate(DraftEntity, { draftId: second }, { status: 'editing' })
    const again = await render(third)
    await end(again, { state: 'done', outputDuration: 30 })
    await expect(render(second)).rejects.toMatchObject({ code: 'limit_seconds' })
    pass(24 * HOUR)
    await render(second)
  })

  it('do not count a render that failed, but one that was cancelled', async () => {
    const { core, ready, render, end } = await waitingProgram({ MAX_RENDERS_PER_HOUR: '1' })
    const draftId = await ready()
    await end(await render(draftId), { state: 'failed' })
    await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'editing' })
    await render(draftId)
    await cancelRender(core, scope(draftId))
    await expect(render(draftId)).rejects.toMatchObject({ code: 'limit_renders' })
  })

  it('hold for a draft that is tried again too', async () => {
    const { core, end, ready } = await waitingProgram({ MAX_OPEN_DRAFTS: '1' })
    const { draftId, jobId } = await requestDraft(core, { topic: 'Tea' }, ANN, PLACE)
    await end(jobId, { state: 'failed' })
    const other = await ready()
    await expect(retryCreate(core, scope(draftId))).rejects.toMatchObject({ code: 'limit_open_drafts' })
    await core.db.fork().nativeDelete(DraftEntity, { draftId: other })
    await retryCreate(core, scope(draftId))
    // A second press changes nothing and doesn't count.
    await retryCreate(core, scope(draftId))
    expect(await core.db.fork().findOneOrFail(JobEntity, { jobId })).toMatchObject({ state: 'queued' })
  })

  it('count all workspaces and direct messages of a person together, and nobody else', async () => {
    const { core, ready, render } = await waitingProgram({ MAX_OPEN_DRAFTS: '2', MAX_RENDERS_PER_HOUR: '1' })
    const ask = (actor: Actor, workspace: string) =>
      requestDraft(core, { topic: 'Tea' }, actor, { ...PLACE, workspace })
    await ask(ANN, 'test:2')
    const draftId = await ready()
    await expect(ask(ANN, 'test:dm:ann')).rejects.toMatchObject({
      message:
        'You have 2 open drafts, which is the limit. Finish or delete one first, or ask an admin to raise MAX_OPEN_DRAFTS.',
    })
    await ask(BEN, 'test:1')
    // The same id on another platform is another person.
    await ask(ANN, 'other:1')
    await render(draftId)
    await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'assets_ready' })
    await core.db.fork().nativeUpdate(JobEntity, { draftId }, { workspace: 'test:9', state: 'done' })
    await expect(render(draftId)).rejects.toMatchObject({ code: 'limit_renders' })
  })

  it('hold for a draft that is opened again, which counts for its author', async () => {
    const { core, ready } = await waitingProgram({ MAX_OPEN_DRAFTS: '1' })
    const draftId = await ready()
    await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'finalized' })
    const open = await ready()
    await expect(reopenDraft(core, scope(draftId))).rejects.toMatchObject({ code: 'limit_open_drafts' })
    await expect(reopenDraft(core, scope(draftId, BEN))).rejects.toMatchObject({
      code: 'limit_open_drafts_of',
      params: { max: 1, name: 'Ann' },
    })
    await core.db.fork().nativeDelete(DraftEntity, { draftId: open })
    await reopenDraft(core, scope(draftId, BEN))
  })

  it('hold unless told, and are turned off with 0 or none', async () => {
    const { core } = await waitingProgram({ MAX_OPEN_DRAFTS: 'none', MAX_RENDERS_PER_HOUR: '0' })
    expect(core.quotas.person).toMatchObject({ openDrafts: null, rendersPerHour: null })
    expect(core.quotas.person.videoSecondsPerDay).toBeGreaterThan(3600)
    expect(Object.values(core.quotas.workspace)).not.toContain(null)
  })
})
