import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { auditTrail } from '../../../src/core/draft/audit.ts'
import { cancelWork } from '../../../src/core/draft/cancel.ts'
import type { Core } from '../../../src/core/draft/core.ts'
import { abandonDraft, requestDraft } from '../../../src/core/draft/create.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { removeExpired } from '../../../src/core/draft/expire.ts'
import { redo, restoreRevision, undo } from '../../../src/core/draft/history.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { cancelRender, reopenDraft } from '../../../src/core/draft/render.ts'
import { cleanUp } from '../../../src/core/pipeline/cleanup.ts'
import { AuditEntity } from '../../../src/db/entities/audit.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { renderable } from '../../factories/renderable.ts'

const program = sharedProgram()
const DAY = 24 * 3_600_000

/** The acts recorded for a draft, as `act by person` with their facts. */
async function acts(draftId: string) {
  const trail = await auditTrail(program().core.db, { draftId, limit: 100 })
  return trail.map(({ act, actorId, facts }) => [`${act} by ${actorId}`, facts])
}

async function edit(draftId: string, text: string) {
  const { core, load } = program()
  const segmentId = (await load(draftId)).segments[0]?.id ?? 0
  await editSegment(core, scope(draftId), { segmentId, change: { text } })
}

/** A core whose transactions all fail at the very end, as on a full disk. */
function failing(core: Core): Core {
  const transaction: Core['db']['transaction'] = (work) =>
    core.db.transaction(async (em) => {
      await work(em)
      throw new Error('database or disk is full')
    })
  return { ...core, db: { ...core.db, transaction } }
}

describe('the audit trail', () => {
  it('tells who created, undid, redid, restored and deleted what, and where', async () => {
    const { core, ready } = program()
    const draftId = await ready()
    await edit(draftId, 'A secret sentence.')
    await undo(core, scope(draftId, BEN))
    await redo(core, scope(draftId))
    await restoreRevision(core, scope(draftId, BEN), 1)
    await deleteDraft(core, scope(draftId, BEN), { keepFiles: true })
    expect(await acts(draftId)).toEqual([
      ['created by ann', { job: expect.stringMatching(/^job_/), segments: expect.any(Number) }],
      ['undone by ben', { from: 2, to: 1 }],
      ['redone by ann', { from: 1, to: 2 }],
      ['restored by ben', { from: 2, to: 3, restored: 1 }],
      ['deleted by ben', { revision: 3, keptFiles: true }],
    ])
    const trail = await auditTrail(core.db, { draftId, limit: 100 })
    for (const act of trail) expect(act).toMatchObject({ ...PLACE, draftId, createdAt: expect.any(Date) })
    expect(trail.map(({ actorName }) => actorName)).toEqual([
      ANN.name,
      ...[BEN.name, ANN.name, BEN.name, BEN.name],
    ])
    expect(JSON.stringify(trail)).not.toMatch(/secret|Tea|One two/)
  })

  it('tells who asked for a render, who cancelled one, that it was made, and who reopened the draft', async () => {
    const draft = await renderable(program())
    await draft.start()
    await draft.settled()
    await reopenDraft(draft.core, scope(draft.draftId, BEN))
    const [created, ...rest] = await acts(draft.draftId)
    expect(created?.[0]).toBe('created by ann')
    const { jobId, outputDuration } = await draft.job()
    expect(rest).toEqual([
      ['render_asked by ann', { job: jobId, segments: 1, plannedSeconds: expect.any(Number) }],
      ['rendered by ann', { job: jobId, seconds: outputDuration }],
      ['reopened by ben', { revision: 1 }],
    ])
  })

  it('has one row of a cancelled render, however many press Cancel', async () => {
    const draft = await renderable(program(), { lacksVoice: true })
    const begun = await draft.stuck()
    const job = await draft.start()
    await begun()
    const cancel = (actor = ANN) => cancelRender(draft.core, scope(draft.draftId, actor))
    await Promise.allSettled([cancel(), cancel(BEN), cancel(BEN)])
    const cancelled = (await acts(draft.draftId)).filter(([act]) => String(act).startsWith('cancelled'))
    expect(cancelled).toEqual([
      [expect.stringMatching(/^cancelled by (ann|ben)$/), { job, kind: 'finalize' }],
    ])
  })

  it('has one row of cancelled collecting, however many segments it was for', async () => {
    const { core, fakes, queue } = program()
    fakes.texts = ['First of two that nobody speaks.', 'Second of two that nobody speaks.']
    fakes.onVoice = () => new Promise(() => {})
    const { draftId } = await requestDraft(core, { topic: 'Tea' }, ANN, PLACE)
    await expect.poll(async () => (await acts(draftId)).length).toBe(1)
    await expect
      .poll(() => core.db.fork().count(DraftEntity, { draftId, status: 'editing' }), { timeout: 10_000 })
      .toBe(1)
    await expect
      .poll(
        () =>
          cancelWork(core, scope(draftId, BEN)).then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true)
    fakes.onVoice = async () => {}
    await queue.idle(draftId)
    const cancelled = (await acts(draftId)).filter(([act]) => act === 'cancelled by ben')
    expect(cancelled).toHaveLength(1)
    expect(cancelled[0]?.[1]).toMatchObject({ kind: expect.stringMatching(/^(collect|create)$/) })
  })

  it('says what the program did by itself', async () => {
    const { core, ready, queue } = program()
    const [old, lost] = [await ready(), await ready()]
    const now = new Date(core.clock().getTime() + 100 * DAY)
    await core.db.fork().nativeUpdate(DraftEntity, { draftId: old }, { expiryNoticeAt: core.clock() })
    await removeExpired({ ...core, jobs: queue }, { now, ttlDays: 30 })
    await abandonDraft(core, lost)
    expect((await acts(old)).at(-1)).toEqual(['expired by null', { revision: 1, untouchedDays: 100 }])
    expect((await acts(lost)).at(-1)).toEqual(['abandoned by null', { revision: 1 }])
  })

  it('tells who deleted a draft while its script was written', async () => {
    const { core, fakes } = program()
    let isWriting = () => {}
    const writing = new Promise<void>((resolve) => {
      isWriting = resolve
    })
    fakes.onScript = () => {
      isWriting()
      return new Promise(() => {})
    }
    const { draftId } = await requestDraft(core, { topic: 'Tea' }, ANN, PLACE)
    await writing
    fakes.onScript = async () => {}
    await abandonDraft(core, draftId, BEN)
    expect(await acts(draftId)).toEqual([['abandoned by ben', { revision: 0 }]])
  })

  it('has no row of what did not happen', async () => {
    const { core, ready, load } = program()
    const draftId = await ready()
    await expect(undo(core, scope(draftId))).rejects.toMatchObject({ code: 'nothing_to_undo' })
    await expect(reopenDraft(core, scope(draftId))).rejects.toMatchObject({ code: 'draft_not_finalized' })
    await edit(draftId, 'Other words.')
    for (const act of [undo, deleteDraft])
      await expect(act(failing(core), scope(draftId))).rejects.toThrow('database or disk is full')
    expect((await load(draftId)).draft.revision).toBe(2)
    expect((await acts(draftId)).map(([act]) => act)).toEqual(['created by ann'])
  })

  it('is kept for as long as it is told, by the cleaning', async () => {
    const { core, ready, queue } = program()
    const draftId = await ready()
    await deleteDraft(core, scope(draftId))
    const { db, store, events, log } = core
    const clean = (days: number, dryRun = false) =>
      cleanUp({
        ...{ db, store, events, log, dryRun, jobs: queue },
        clock: () => new Date(core.clock().getTime() + days * DAY),
        limits: {
          ...{ draftTtlDays: 3650, outputTtlDays: 3650, auditTtlDays: 90 },
          ...{ assetGraceHours: 8760, cacheMaxBytes: Number.POSITIVE_INFINITY },
        },
      })
    await clean(89)
    await clean(91, true)
    expect(await acts(draftId)).toHaveLength(2)
    const before = await db.fork().count(AuditEntity)
    const { rows } = await clean(91)
    expect(rows).toBeGreaterThanOrEqual(before - (await db.fork().count(AuditEntity)))
    expect(await acts(draftId)).toEqual([])
  })
})

describe('npm run audit', () => {
  const run = promisify(execFile)
  const audit = (args: string[]) =>
    run(process.execPath, ['src/bot/program/tools/audit.ts', ...args], {
      env: { ...process.env, DATA_DIR: program().folder },
    })

  it('prints what was done to a draft or by a person, beside a running bot', async () => {
    const { core, ready } = program()
    const draftId = await ready({ id: 'eve', name: 'Eve\u001b[31m\n\u202eevil' })
    await deleteDraft(core, scope(draftId, BEN))
    const { stdout } = await audit(['--draft', draftId])
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(
        /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}created {2}draft_\S+ {2}by Eve\[31mevil \(test:eve\) {2}in test:1\/channel {2}job job_\S+ {2}segments \d+$/,
      ),
      expect.stringMatching(/UTC {2}deleted .* by Ben \(test:ben\) .* revision 1 {2}keptFiles false$/),
      '',
    ])
    const json = JSON.parse(
      (await audit(['--person', 'test:ben', '--since', '2020-01-01', '--limit', '1', '--json'])).stdout,
    )
    expect(json).toMatchObject([{ act: 'deleted', draftId, actorId: 'ben' }])
    expect((await audit(['--person', 'test:nobody'])).stdout).toBe('No entries match.\n')
  })

  it.each([
    [['--since', 'yesterday'], /^--since takes a date such as 2026-01-31, not “yesterday”\. Allowed: .*\n$/],
    [['--person', 'Ann'], /^“Ann” is not a person\. Use a form such as .*\. Allowed: .*\n$/],
    [['--all'], /^Unknown option '--all'\. Allowed: npm run audit .*\n$/],
  ])('says in one line what is wrong with %j', async (args, line) => {
    await expect(audit(args)).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(line) })
  })
})
