import { DraftEntity } from '../../db/entities/draft.ts'
import type { Job } from '../../db/entities/job.ts'
import { SegmentEntity } from '../../db/entities/segment.ts'
import type { Core } from '../draft/core.ts'
import { requireWorking, segmentsOf } from '../draft/create.ts'
import { editDraft } from '../draft/edit.ts'
import { requireEditable } from '../draft/load.ts'
import type { Payload } from '../draft/payloads.ts'
import { recordUsage } from '../draft/usage.ts'
import { isStandIn } from '../draft/write-again.ts'
import { writeScript } from '../draft/write-script.ts'

/** Replaces the outline with the script, as a step that can be undone. If it fails again, nothing changes. */
export async function writeAgain(
  core: Core,
  job: Job,
  { request, actor }: Payload<'create'>,
  signal: AbortSignal,
): Promise<void> {
  const { workspace } = job
  const draftId = job.draftId ?? ''
  // It may have been done by a process that died before recording that, and scripts cost money.
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
