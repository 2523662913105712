import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import type { Job } from '../../db/entities/job.ts'
import { SegmentEntity } from '../../db/entities/segment.ts'
import { defaultAccount } from '../draft/accounts/accounts.ts'
import { recordAct } from '../draft/audit.ts'
import type { Core } from '../draft/core.ts'
import { requireWorking, segmentsOf } from '../draft/create.ts'
import type { DraftRequest } from '../draft/create-input.ts'
import { type Payload, payloadOf } from '../draft/payloads.ts'
import { brandOf } from '../draft/preset.ts'
import { requestMissingAssets } from '../draft/request-assets.ts'
import { insertRevision } from '../draft/revisions.ts'
import { addUsage } from '../draft/usage.ts'
import { type WrittenScript, writeScript } from '../draft/write-script.ts'
import { UserError } from '../model/errors.ts'
import type { Actor } from '../model/people.ts'

/**
 * Writes the script and saves the draft; its assets are prepared afterwards. If it is run again after a crash, it
 * continues: an existing draft isn't written again.
 */
export async function runCreate(
  core: Core,
  job: Job,
  { request, actor }: Payload<'create'>,
  signal: AbortSignal,
): Promise<void> {
  const draftId = job.draftId
  if (draftId === null) throw new Error(`job ${job.jobId} creates no draft`)
  if ((await core.db.fork().count(DraftEntity, { draftId })) === 0) {
    const written = await writeScript(core, job.workspace, request, signal)
    await saveDraft(core, job, draftId, request, written, actor)
    core.events.changed(draftId)
  }
  if (request.collect) await collectDraft(core, job, draftId, actor)
}

/** Requests all missing assets of a draft. */
async function collectDraft(
  core: Core,
  { jobId, workspace }: Job,
  draftId: string,
  actor: Actor,
): Promise<void> {
  await core.db.transaction(async (em) => {
    await requireWorking(em, jobId)
    const draft = await em.findOne(DraftEntity, { draftId, workspace })
    if (!draft) throw new UserError('draft_not_found', { draftId })
    const segments = await em.find(SegmentEntity, { draftId }, { orderBy: { segmentIndex: 'asc' } })
    // Everyone who may see the draft may see what it is made from.
    await requestMissingAssets(core, draft, segments, em, { asker: actor, isAdmitted: true })
  })
}

async function saveDraft(
  core: Core,
  job: Job,
  draftId: string,
  request: DraftRequest,
  { plan, notice }: WrittenScript,
  actor: Actor,
): Promise<void> {
  const now = core.clock()
  await core.db.transaction(async (em) => {
    // Read now, because the thread may have been opened while the script was being written.
    const { place } = payloadOf('create', await requireWorking(em, job.jobId))
    const draft: Draft = em.create(DraftEntity, {
      draftId,
      accountId: request.accountId ?? (await defaultAccount(em, place.workspace))?.id ?? null,
      topic: plan.topic,
      title: plan.title,
      description: plan.description,
      tags: plan.tags,
      format: request.format,
      targetDuration: request.targetDuration,
      contentPlanJson: plan,
      status: 'editing',
      style: request.style,
      language: plan.language,
      template: request.template,
      musicEnabled: request.music.enabled,
      musicMood: request.music.mood,
      musicVolume: request.music.volume,
      brand: await brandOf(em, place.workspace),
      endCard: request.endCard ?? true,
      uploadAfter: null,
      voice: request.voice,
      voiceSpeed: request.voiceSpeed,
      isOutline: plan.isOutline,
      otherTopics: plan.otherTopics,
      notice,
      usage: plan.usage.reduce(addUsage, []),
      ...place,
      authorId: actor.id,
      authorName: actor.name,
      revision: 1,
      settingsVersion: 1,
      settingsEditedByName: null,
      expiryNoticeAt: null,
      createdAt: now,
      updatedAt: now,
    })
    await em.flush()
    for (const fields of segmentsOf(plan, draftId, now)) em.create(SegmentEntity, fields)
    await em.flush()
    await insertRevision(em, draft, actor, { code: 'created' }, now)
    const facts = { job: job.jobId, segments: plan.segments.length }
    await recordAct(em, 'created', { place, draftId, actor, now }, facts)
  })
}
