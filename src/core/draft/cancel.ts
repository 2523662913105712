import { DraftEntity } from '../../db/entities/draft.ts'
import type { JobKind } from '../../db/entities/job.ts'
import { activeJobs } from '../../db/queries/jobs.ts'
import { UserError } from '../model/errors.ts'
import { storedFailure } from '../model/failure.ts'
import { recordAct } from './audit.ts'
import type { Core } from './core.ts'
import { placeOf } from './creation.ts'
import { loadSegments } from './load.ts'
import { payloadOf } from './payloads.ts'
import { cancelRender } from './render.ts'
import { sayMissing } from './say-missing.ts'
import type { EditScope } from './scope.ts'

/**
 * Cancels a draft's running work at any stage: writing its script, preparing its assets, or rendering. Resolves once it has
 * stopped and can no longer save anything.
 * @throws UserError if nothing is running, or if the workspace has no such draft.
 */
export async function cancelWork(core: Core, scope: EditScope): Promise<void> {
  const { draftId } = scope
  const before = await statusOf(core, scope)
  if (before === 'converting') return cancelRender(core, scope)
  const wasCreating = await cancelJobs(core, scope, 'create')
  const wasCollecting = await cancelJobs(core, scope, 'collect')
  if (before === null && !wasCreating)
    throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
  if (!wasCreating && !wasCollecting) throw new UserError('nothing_to_cancel')
  await sayCancelled(core, draftId)
  core.events.changed(draftId)
}

/**
 * Marks the assets that won't be made with the reason, and a button to make them after all. This also applies if a script
 * was saved at the very moment its writing was cancelled.
 */
async function sayCancelled(core: Core, draftId: string): Promise<void> {
  const cancelled = storedFailure(new UserError('cancelled'))
  await core.db.transaction(async (em) => {
    // A person may have changed a segment since, and be waiting for what became stale.
    const coming = await activeJobs(em, { draftId, kind: 'collect' })
    const awaited = new Set(coming.map((job) => payloadOf('collect', job).segmentId))
    for (const { id } of await loadSegments(em, draftId))
      if (!awaited.has(id)) await sayMissing(core, id, cancelled, em)
  })
}

/** @returns whether there was any. */
async function cancelJobs(core: Core, scope: EditScope, kind: JobKind): Promise<boolean> {
  const { draftId, workspace } = scope
  const jobs = await activeJobs(core.db.fork(), { draftId, workspace, kind })
  // One press cancels the jobs of many segments, which counts as one act.
  let isRecorded = false
  const cancelled = await Promise.all(
    jobs.map((job) =>
      core.jobs.cancel(job.jobId, async (em) => {
        const place = isRecorded ? null : await placeOf(em, draftId)
        isRecorded = true
        const about = place && { place, draftId, actor: scope.actor, now: core.clock() }
        if (about) await recordAct(em, 'cancelled', about, { job: job.jobId, kind })
      }),
    ),
  )
  return cancelled.includes(true)
}

async function statusOf(core: Core, { draftId, workspace }: EditScope) {
  const draft = await core.db.fork().findOne(DraftEntity, { draftId, workspace }, { fields: ['status'] })
  return draft?.status ?? null
}
