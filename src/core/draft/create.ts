import { z } from 'zod'
import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { SegmentEntity } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import { admitDraft, admitPaidCalls } from './admission.ts'
import { requestMissingAssets } from './request-assets.ts'
import type { Actor, Core, NewJob, Place } from './core.ts'
import { UserError } from '../model/errors.ts'
import type { ScriptPlan } from '../model/providers.ts'
import { recordAct } from './audit.ts'
import { type CreateInput, DraftRequest, parseCreateInput } from './create-input.ts'
import { newDraftId } from '../model/ids.ts'
import { removeDraft } from './remove.ts'
import { insertRevision } from './revisions.ts'
import { addUsage } from './usage.ts'
import { callsOfScript, requireWriter, type WrittenScript, writeScript } from './write-script.ts'

/** What a job of the kind `create` carries. */
export const CreatePayload = z.object({
  request: DraftRequest,
  actor: z.object({ id: z.string(), name: z.string() }),
  place: z.object({
    surface: z.string(),
    workspace: z.string(),
    channelId: z.string(),
    threadId: z.string().nullable(),
  }),
  /** The platform's id of the event that asked for it, whose answer announces it; null where nothing was answered. */
  eventId: z.string().nullable().default(null),
  /** True for a script that takes the place of the draft's outline. */
  again: z.boolean().default(false),
})

/**
 * Starts a draft: checks the input and asks for the job that writes the script. Nothing is written when the
 * input is bad.
 * @throws UserError that says what is allowed, for a value or for how many drafts are open.
 */
export async function requestDraft(
  core: Core,
  input: CreateInput,
  actor: Actor,
  place: Place,
  draftId: string = newDraftId(core.clock()),
  eventId: string | null = null,
): Promise<{ draftId: string; jobId: string }> {
  const request = parseCreateInput(input)
  requireWriter(core.providers.script, request)
  const payload: z.input<typeof CreatePayload> = { request, actor, place, eventId }
  const jobId = await core.db.transaction(async (em) => {
    await admitDraft(core, em, actor, place.workspace)
    await admitPaidCalls(core, em, actor, place.workspace, callsOfScript(core, request))
    const job: NewJob = {
      kind: 'create',
      key: `create:${draftId}`,
      draftId,
      workspace: place.workspace,
      requester: actor,
      payload: { ...payload },
      priority: 2,
    }
    return core.jobs.enqueue(job, em)
  })
  core.events.changed(draftId)
  return { draftId, jobId }
}

/**
 * Writes the script and saves the draft at once; its assets are collected afterwards. Run again after a crash it
 * continues: a draft that is already there is not written again.
 */
export async function runCreate(core: Core, job: Job, signal: AbortSignal): Promise<void> {
  const draftId = job.draftId
  if (draftId === null) throw new Error(`job ${job.jobId} creates no draft`)
  const { request, actor } = CreatePayload.parse(job.payload)
  if ((await core.db.fork().count(DraftEntity, { draftId })) === 0) {
    const written = await writeScript(core, job.workspace, request, signal)
    await saveDraft(core, job, draftId, request, written, actor)
    core.events.changed(draftId)
  }
  if (request.collect) await collectDraft(core, job, draftId, actor)
}

/** Takes back a draft that has only just been asked for, as if it had never been. */
export async function abandonDraft(core: Core, draftId: string): Promise<void> {
  await core.jobs.cancelDraft(draftId)
  const removed = await removeDraft(core, draftId, {
    farewell: { reason: 'deleted' },
    keep: 'nothing',
    record: (em, draft) => {
      const about = { place: draft, draftId, actor: null, now: core.clock() }
      return recordAct(em, 'abandoned', about, { revision: draft.revision })
    },
  })
  await core.db.fork().nativeDelete(JobEntity, { draftId })
  if (removed) return
  core.events.deleted(draftId)
  await core.db.forgetFreed()
}

/** Says where a draft lives, whether its script is written already or not. To be run in a transaction. */
export async function placeDraft(
  em: EntityManager,
  draftId: string,
  spot: Pick<Place, 'channelId' | 'threadId'>,
): Promise<void> {
  await em.nativeUpdate(DraftEntity, { draftId }, spot)
  const job = await em.findOne(JobEntity, { draftId, kind: 'create' }, { orderBy: { id: 'desc' } })
  if (!job) return
  const payload = CreatePayload.parse(job.payload)
  await em.nativeUpdate(
    JobEntity,
    { jobId: job.jobId },
    { payload: { ...payload, place: { ...payload.place, ...spot } } },
  )
}

/** Asks for all assets that a draft lacks. */
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
    // Whoever may have the draft may have what it is made of.
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
    // Read now: the thread may have been opened while the script was being written.
    const { payload } = await requireWorking(em, job.jobId)
    const { place } = CreatePayload.parse(payload)
    const draft: Draft = em.create(DraftEntity, {
      draftId,
      accountId: request.accountId,
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

/**
 * What a provider was asked for may come when somebody has cancelled it already.
 * @returns the job as its row is now. @throws UserError `cancelled`
 */
export async function requireWorking(em: EntityManager, jobId: string): Promise<Job> {
  const job = await em.findOne(JobEntity, { jobId, state: 'running' })
  if (!job) throw new UserError('cancelled')
  return job
}

/** The segments of a plan, which have nothing but their words yet. */
export function segmentsOf(plan: ScriptPlan, draftId: string, now: Date) {
  return plan.segments.map(({ text, keyword, searchQuery }, segmentIndex) => ({
    ...emptySegment(draftId, now),
    ...{ segmentIndex, text, keyword, imageSearchQuery: searchQuery },
  }))
}

/** A segment that has nothing yet. */
export function emptySegment(draftId: string, now: Date) {
  return {
    draftId,
    text: '',
    keyword: '',
    imageSearchQuery: '',
    duration: null,
    videoUrl: null,
    videoLocalPath: null,
    videoProvider: null,
    videoId: null,
    videoKind: null,
    videoAuthor: null,
    videoPageUrl: null,
    videoTitle: null,
    candidates: [],
    ttsLocalPath: null,
    ttsDuration: null,
    ttsProvider: null,
    voiceTake: 0,
    words: [],
    voiceError: null,
    footageError: null,
    retries: 0,
    editedById: null,
    editedByName: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
}
