import { DraftEntity } from '../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { SegmentEntity } from '../../db/entities/segment.ts'
import { admitPaidCalls } from './admission.ts'
import type { Core } from './core.ts'
import { CreatePayload, requireWorking, segmentsOf } from './create.ts'
import { type EditScope, editDraft } from './edit.ts'
import { loadDraft, requireEditable } from './load.ts'
import { recordUsage } from './usage.ts'
import { callsOfScript, writeScript } from './write-script.ts'

/**
 * Asks for the script of a draft once more, where an outline stands in for it because the script service failed.
 * Does nothing where there is a script meanwhile.
 * @throws UserError when the draft cannot be changed, or too much has been asked for.
 */
export async function requestScriptAgain(core: Core, scope: EditScope): Promise<void> {
  const { workspace, draftId, actor } = scope
  await core.db.transaction(async (em) => {
    const { draft } = await loadDraft(em, workspace, draftId)
    requireEditable(draft)
    const first = await em.findOne(JobEntity, { draftId, kind: 'create' }, { orderBy: { id: 'desc' } })
    // Of two who press, the second finds it waiting or under way.
    if (!isStandIn(draft) || !first || first.state === 'queued' || first.state === 'running') return
    const payload = { ...CreatePayload.parse(first.payload), actor, again: true }
    await admitPaidCalls(core, em, actor, workspace, callsOfScript(core, payload.request))
    await core.jobs.enqueue(
      {
        ...{ kind: 'create', key: `create:${draftId}`, draftId, workspace, requester: actor, payload },
        priority: 2,
      },
      em,
    )
  })
  core.events.changed(draftId)
}

/** True for an outline that was written because the script service failed. */
export function isStandIn(draft: { isOutline: boolean; notice: string | null }): boolean {
  return draft.isOutline && draft.notice !== null
}

/** Puts the script in the place of the outline, as a step that can be undone. When it fails again, all stays as it is. */
export async function writeAgain(core: Core, job: Job, signal: AbortSignal): Promise<void> {
  const { request, actor } = CreatePayload.parse(job.payload)
  const { workspace } = job
  const draftId = job.draftId ?? ''
  // It may have been done by a process that ended before it could say so, and scripts cost money.
  const before = await core.db.fork().findOne(DraftEntity, { draftId, workspace })
  if (!before || !isStandIn(before)) return
  requireEditable(before)
  const { plan, notice } = await writeScript(core, workspace, request, signal)
  await recordUsage(core, draftId, plan.usage)
  if (plan.isOutline) {
    await core.db.fork().nativeUpdate(DraftEntity, { draftId, isOutline: true }, { notice })
    return core.events.changed(draftId)
  }
  await editDraft(core, { workspace, draftId, actor }, async ({ em, draft, segments, now, nextVersion }) => {
    await requireWorking(em, job.jobId)
    if (!isStandIn(draft)) return null
    const { topic, title, description, tags, otherTopics } = plan
    Object.assign(draft, { topic, title, description, tags, otherTopics, notice, isOutline: false })
    Object.assign(draft, { settingsVersion: nextVersion, settingsEditedByName: actor.name })
    for (const { id } of segments) em.remove(em.getReference(SegmentEntity, id))
    await em.flush()
    const written = segmentsOf(plan, draftId, now).map((fields) =>
      em.create(SegmentEntity, { ...fields, version: nextVersion }),
    )
    await em.flush()
    return { action: { code: 'script_written' }, segments: written }
  })
}
