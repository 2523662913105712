import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, JobEntity, type JobState } from '../../db/entities/job.ts'
import { hashOf } from '../media/store/hash.ts'
import { ProviderError, UserError } from '../model/errors.ts'
import { allFailed } from '../model/failure.ts'
import { chooseFootage } from './choose-footage.ts'
import type { Core } from './core.ts'
import { jobEnded } from './job-ended.ts'
import { findDraft, getSegment, requireEditable } from './load.ts'
import type { Payload } from './payloads.ts'
import { PICK, picksOf } from './picks.ts'
import type { EditScope } from './scope.ts'

/** Before everything else of the draft, because a person is waiting for it. */
const PRIORITY = 1
/** Milliseconds between checks of jobs. */
const LOOK = 500

/**
 * Requests that a chosen candidate be fetched and assigned to its segment. Of several choices for a segment, the last one
 * counts. A render requested in the meantime waits for it.
 * @returns the id of the job that does it.
 * @throws UserError if the candidate isn't among those found for the segment, or if the draft can't be edited now.
 */
export async function requestPick(
  core: Core,
  { workspace, draftId, actor }: EditScope,
  segmentId: number,
  choice: { provider: string; id: string },
): Promise<string> {
  const { candidates } = await getSegment(core, workspace, draftId, segmentId)
  if (!candidates.some(({ provider, id }) => provider === choice.provider && id === choice.id))
    throw new UserError('candidate_not_found')
  const { provider, id } = choice
  const key = `${PICK}${segmentId}:${hashOf([provider, id])}`
  const before = await picksOf(core.db.fork(), draftId, `${PICK}${segmentId}:`)
  const jobId = await core.db.transaction(async (em) => {
    // A render that has started in the meantime would not wait for it.
    requireEditable(await findDraft(core, workspace, draftId, em))
    const payload = { segmentId, pick: { provider, id } }
    const about = { key, draftId, workspace, requester: actor, priority: PRIORITY }
    return core.jobs.enqueue({ kind: 'collect', ...about, payload }, em)
  })
  const outdated = before.filter((job) => job.jobId !== jobId)
  await Promise.all(outdated.map((job) => core.jobs.cancel(job.jobId)))
  core.events.changed(draftId)
  return jobId
}

/** Runs such a job. @throws UserError like `chooseFootage`. */
export async function runPick(
  core: Core,
  { workspace, draftId, requesterId, requesterName }: Job,
  { segmentId, pick }: Payload<'collect'> & { pick: { provider: string; id: string } },
  signal: AbortSignal,
): Promise<void> {
  const actor = { id: requesterId ?? '', name: requesterName ?? '' }
  const scope = { workspace, draftId: draftId ?? '', actor }
  try {
    await chooseFootage(core, scope, segmentId, pick, signal, { alsoForRender: true })
  } catch (error) {
    // Providers have already retried, and the waiting person can choose another candidate.
    throw error instanceof ProviderError ? allFailed('footage_failed', [error]) : error
  }
}

export interface PickEnd {
  /** `replaced` if another candidate was chosen for the segment before this one arrived. */
  state: Exclude<JobState, 'queued' | 'running'> | 'replaced'
  /** Why it failed, as written by `storedFailure`. */
  error: string | null
}

/** The result of a choice; null if it isn't done within this many milliseconds. */
export async function pickEnded(core: Core, jobId: string, patience: number): Promise<PickEnd | null> {
  const ended = await jobEnded(core, jobId, patience)
  if (ended === null) return null
  // Its draft is gone.
  if (!ended.job) return { state: 'cancelled', error: null }
  const { id, state, error, draftId, key } = ended.job
  if (state === 'queued' || state === 'running') return null
  const ofSegment = `${key.slice(0, key.lastIndexOf(':'))}:%`
  const newer = { draftId, kind: 'collect', key: { $like: ofSegment }, id: { $gt: id } } as const
  const isReplaced = state === 'cancelled' && (await core.db.fork().count(JobEntity, newer)) > 0
  return { state: isReplaced ? 'replaced' : state, error }
}

/** Resolves once no chosen footage of the draft is being fetched. @throws the signal's reason. */
export async function picksEnded(core: Core, draftId: string, signal: AbortSignal): Promise<void> {
  while ((await picksOf(core.db.fork(), draftId)).length > 0) await sleep(LOOK, undefined, { signal })
}
