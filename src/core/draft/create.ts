import { AccountEntity } from '../../db/entities/account.ts'
import { DraftEntity } from '../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { newestJob } from '../../db/queries/jobs.ts'
import type { EntityManager } from '../../db/types.ts'
import { UserError } from '../model/errors.ts'
import { newDraftId } from '../model/ids.ts'
import type { Actor, Place } from '../model/people.ts'
import type { ScriptPlan } from '../model/providers.ts'
import { admitDraft, admitPaidCalls } from './admission.ts'
import { recordAct } from './audit.ts'
import type { Core } from './core.ts'
import { type CreateInput, parseCreateInput } from './create-input.ts'
import { placeOf } from './creation.ts'
import { type AskedJob, payloadOf } from './payloads.ts'
import { removeDraft } from './remove.ts'
import { callsOfScript, requireWriter } from './write-script.ts'

/**
 * Starts a draft: validates the input and requests the job that writes the script. Nothing is saved if the input is invalid.
 * @throws UserError saying what is allowed, for a value or for the number of open drafts.
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
  const jobId = await core.db.transaction(async (em) => {
    await requireAccount(em, request.accountId, place.workspace)
    await admitDraft(core, em, actor, place.workspace)
    await admitPaidCalls(core, em, actor, place.workspace, callsOfScript(core, request))
    const job: AskedJob = {
      kind: 'create',
      key: `create:${draftId}`,
      draftId,
      workspace: place.workspace,
      requester: actor,
      payload: { request, actor, place, eventId },
      priority: 2,
    }
    return core.jobs.enqueue(job, em)
  })
  core.events.changed(draftId)
  return { draftId, jobId }
}

/** @throws UserError for a channel that the workspace hasn't linked. */
async function requireAccount(em: EntityManager, id: number | null, workspace: string): Promise<void> {
  if (id !== null && (await em.count(AccountEntity, { id, workspace })) === 0)
    throw new UserError('account_not_found', { name: String(id) })
}

/**
 * Withdraws a draft that has only just been requested, as if it had never existed.
 * @param actor who wants this; null if it is only because the draft can't be shown.
 */
export async function abandonDraft(core: Core, draftId: string, actor: Actor | null = null): Promise<void> {
  const place = await placeOf(core.db.fork(), draftId)
  await core.jobs.cancelDraft(draftId)
  const removed = await removeDraft(core, draftId, {
    farewell: { reason: 'deleted' },
    keep: 'nothing',
    record: (em, draft) => {
      const about = { place: draft, draftId, actor, now: core.clock() }
      return recordAct(em, 'abandoned', about, { revision: draft.revision })
    },
  })
  await core.db.transaction(async (em) => {
    await em.nativeDelete(JobEntity, { draftId })
    if (removed || !actor || !place) return
    await recordAct(em, 'abandoned', { place, draftId, actor, now: core.clock() }, { revision: 0 })
  })
  if (removed) return
  core.events.deleted(draftId)
  await core.db.forgetFreed()
}

/** Sets where a draft lives, whether or not its script is already written. Call it in a transaction. */
export async function placeDraft(
  em: EntityManager,
  draftId: string,
  spot: Pick<Place, 'channelId' | 'threadId'>,
): Promise<void> {
  await em.nativeUpdate(DraftEntity, { draftId }, spot)
  const job = await newestJob(em, { draftId, kind: 'create' })
  if (!job) return
  const payload = payloadOf('create', job)
  await em.nativeUpdate(
    JobEntity,
    { jobId: job.jobId },
    { payload: { ...payload, place: { ...payload.place, ...spot } } },
  )
}

/**
 * A provider's result may arrive after the job has been cancelled.
 * @returns the job's current row. @throws UserError `cancelled`
 */
export async function requireWorking(em: EntityManager, jobId: string): Promise<Job> {
  const job = await em.findOne(JobEntity, { jobId, state: 'running' })
  if (!job) throw new UserError('cancelled')
  return job
}

/** The segments of a script, which only have texts so far. */
export function segmentsOf(plan: ScriptPlan, draftId: string, now: Date) {
  return plan.segments.map(({ text, keyword, searchQuery }, segmentIndex) => ({
    ...emptySegment(draftId, now),
    ...{ segmentIndex, text, keyword, imageSearchQuery: searchQuery },
  }))
}

/** A segment without any assets. */
export function emptySegment(draftId: string, now: Date) {
  return {
    draftId,
    text: '',
    keyword: '',
    imageSearchQuery: '',
    byHand: '',
    mergedFrom: '',
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
