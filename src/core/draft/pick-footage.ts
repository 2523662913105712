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

/** Before everything else of the draft: somebody waits for it. */
const PRIORITY = 1
/** Milliseconds between two looks at jobs. */
const LOOK = 500

/**
 * Has a candidate fetched that somebody picked, and given to its segment. Of several picks for one segment the last one counts.
 * A render that is asked for meanwhile waits for it.
 * @returns the id of the job that does it.
 * @throws UserError when the candidate is not among those found for the segment, or the draft cannot be edited now.
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
    // A render that has begun meanwhile would not wait for it.
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

/** What such a job does. @throws UserError as `chooseFootage` does. */
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
    // Providers have tried several times already, and somebody waits who can pick another.
    throw error instanceof ProviderError ? allFailed('footage_failed', [error]) : error
  }
}

export interface PickEnd {
  /** `replaced` when something else was picked for the segment before this was there. */
  state: Exclude<JobState, 'queued' | 'running'> | 'replaced'
  /** Why it failed, as `storedFailure` writes it. */
  error: string | null
}

/** How a pick ended; null when it has not within so many milliseconds. */
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

/** Resolves when nothing that somebody picked for the draft is being fetched any more. @throws the signal's reason. */
export async function picksEnded(core: Core, draftId: string, signal: AbortSignal): Promise<void> {
  while ((await picksOf(core.db.fork(), draftId)).length > 0) await sleep(LOOK, undefined, { signal })
}
