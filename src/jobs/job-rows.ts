import { UserError } from '../core/model/errors.ts'
import { storedFailure } from '../core/model/failure.ts'
import { newJobId } from '../core/model/ids.ts'
import type { NewJob } from '../core/model/jobs.ts'
import type { Actor } from '../core/model/people.ts'
import type { ServedWorkspaces } from '../core/model/served.ts'
import type { Database } from '../db/database.ts'
import { type Job, JobEntity, type JobKind } from '../db/entities/job.ts'
import { activeJobs, countActiveJobs } from '../db/queries/jobs.ts'
import type { EntityManager } from '../db/types.ts'
import { waitAfter } from './outcome.ts'
import type { QueueOptions } from './queue-options.ts'

/** Inserts a job unless one with its key is already active. @returns the id of that job, or of the active one. */
export async function insertJob(em: EntityManager, job: NewJob, now: Date): Promise<string> {
  const [present] = await activeJobs(em, { key: job.key })
  if (present) return present.jobId
  const jobId = newJobId(now)
  await em.insert(JobEntity, { ...rowOf(job), jobId, createdAt: now, updatedAt: now, runAfter: now })
  return jobId
}

/** Resets a failed or cancelled job to waiting, unless one with its key is active. @returns whether one is active now. */
export async function insertAgain(
  em: EntityManager,
  jobId: string,
  requester: Actor,
  now: Date,
): Promise<boolean> {
  const job = await em.findOne(JobEntity, { jobId, state: { $in: ['failed', 'cancelled'] } })
  if (!job) return false
  if ((await countActiveJobs(em, { key: job.key })) > 0) return true
  const asked = { requesterId: requester.id, requesterName: requester.name }
  const fresh = { attempts: 0, failures: 0, progress: 0, error: null, startedAt: null, finishedAt: null }
  await em.nativeUpdate(
    JobEntity,
    { jobId },
    { state: 'queued', ...fresh, ...asked, runAfter: now, updatedAt: now },
  )
  return true
}

/**
 * Requeues jobs that are marked as running but don't run here: an earlier process started them and didn't finish. A job
 * during which the process has died `most` times is taken to be the cause, and fails. @returns the failed jobs.
 */
export async function takeBack(
  db: Database,
  atWork: (jobId: string) => boolean,
  most: number,
  now: Date,
): Promise<Job[]> {
  const running = await db.fork().find(JobEntity, { state: 'running' }, { fields: ['jobId'] })
  const ids = running.map(({ jobId }) => jobId).filter((jobId) => !atWork(jobId))
  if (ids.length === 0) return []
  return db.transaction(async (em) => {
    const left = await em.find(JobEntity, { state: 'running', jobId: { $in: ids } })
    const failed = left.filter(({ attempts, failures }) => attempts - failures >= most)
    const error = storedFailure(new UserError('ended_too_often', { times: most }))
    const tooOften = { jobId: { $in: failed.map(({ jobId }) => jobId) } }
    await em.nativeUpdate(JobEntity, tooOften, { state: 'failed', error, finishedAt: now, updatedAt: now })
    await em.nativeUpdate(
      JobEntity,
      { state: 'running', jobId: { $in: ids } },
      { state: 'queued', runAfter: now, updatedAt: now },
    )
    return failed.map((job) => ({ ...job, state: 'failed', error, finishedAt: now }))
  })
}

/** Keeps jobs from waiting longer than they have to, which those saved before the clock was set back would. */
export async function pullForward(db: Database, now: Date, waits: QueueOptions['waits'] = {}): Promise<void> {
  const late = { state: 'queued' as const, runAfter: { $gt: now } }
  const em = db.fork()
  const fields = ['jobId', 'kind', 'failures', 'runAfter'] as const
  for (const { jobId, kind, failures, runAfter } of await em.find(JobEntity, late, { fields })) {
    const latest = new Date(now.getTime() + waitAfter(failures, waits[kind]))
    if (runAfter > latest) await em.nativeUpdate(JobEntity, { jobId, ...late }, { runAfter: latest })
  }
}

/** A job that may start, with the fields that decide which one does. */
export type WaitingJob = Pick<Job, 'jobId' | 'workspace' | 'requesterId' | 'draftId' | 'priority'>

/**
 * The jobs of these kinds that may start now, at most one per draft and requester: the one with the highest priority, then the
 * oldest. Sorted oldest first. However many are waiting, no more rows are read than there are drafts.
 * @param except jobs to leave out.
 * @param served workspaces whose jobs may start; those of others keep waiting.
 */
export async function waitingJobs(
  db: Database,
  kinds: readonly JobKind[],
  now: Date,
  { except = [], served = null }: { except?: readonly string[]; served?: ServedWorkspaces } = {},
): Promise<WaitingJob[]> {
  const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ')
  // Jobs without a workspace belong to the program itself.
  const own = served && ["workspace = ''", ...served.map(() => 'workspace = ? or workspace like ?')]
  return db
    .fork()

    .execute<WaitingJob[]>(
      `select job_id as "jobId", workspace, requester_id as "requesterId", draft_id as "draftId", priority
       from (
         select id, job_id, workspace, requester_id, draft_id, priority, row_number() over (
           partition by workspace, requester_id, draft_id order by priority desc, id
         ) as place
         from job_history
         where state = 'queued' and kind in (${marks(kinds)}) and run_after <= ?
           and job_id not in (${marks(except)}) ${own === null ? '' : `and (${own.join(' or ')})`}
       ) as waiting
       where place = 1 order by id`,
      [...kinds, now.getTime(), ...except, ...(served ?? []).flatMap((each) => [each, `${each}:%`])],
    )
}

/** Of which kinds there are jobs whose moment has come. */
export async function waitingKinds(db: Database, now: Date): Promise<Set<JobKind>> {
  const found = await db
    .fork()
    .execute<{ kind: JobKind }[]>(
      "select distinct kind from job_history where state = 'queued' and run_after <= ?",
      [now.getTime()],
    )
  return new Set(found.map(({ kind }) => kind))
}

/** Claims a waiting job for this process; null if it is no longer waiting. */
export async function claimJob(db: Database, jobId: string, now: Date): Promise<Job | null> {
  return db.transaction(async (em) => {
    const job = await em.findOne(JobEntity, { jobId, state: 'queued' })
    if (!job) return null
    const begun = { state: 'running', attempts: job.attempts + 1, startedAt: now, updatedAt: now } as const
    await em.nativeUpdate(JobEntity, { jobId }, begun)
    return { ...job, ...begun }
  })
}

/**
 * Cancels an unfinished job and runs `also` in the same transaction. @returns the job as it was; null if there is no such
 * job.
 */
export async function cancelJob(
  db: Database,
  jobId: string,
  now: Date,
  also?: (em: EntityManager) => Promise<void>,
): Promise<Job | null> {
  return db.transaction(async (em) => {
    // A render whose video is recorded is done, whatever its row still says.
    const job = (await activeJobs(em, { jobId, outputVideoPath: null }))[0]
    const fields = { state: 'cancelled', finishedAt: now, updatedAt: now } as const
    if (!job) return null
    await em.nativeUpdate(JobEntity, { jobId }, fields)
    await also?.(em)
    return { ...job }
  })
}

/**
 * Ends a running job, or requeues it; does nothing if it has been cancelled.
 * @returns whether the row now says so, which is also true if an earlier write had succeeded unnoticed.
 */
export async function endJob(
  em: EntityManager,
  jobId: string,
  fields: Partial<Job>,
  now: Date,
): Promise<boolean> {
  const ended = await em.nativeUpdate(
    JobEntity,
    { jobId, state: 'running' },
    { finishedAt: fields.state === 'queued' ? null : now, updatedAt: now, ...fields },
  )
  if (ended === 1) return true
  return (await em.count(JobEntity, { jobId, state: fields.state ?? 'done' })) === 1
}

/** When the next delayed job may start, or null. */
export async function nextMoment(db: Database, now: Date): Promise<Date | null> {
  const [next] = await db
    .fork()
    .find(
      JobEntity,
      { state: 'queued', runAfter: { $gt: now } },
      { orderBy: { runAfter: 'asc' }, limit: 1, fields: ['runAfter'] },
    )
  return next?.runAfter ?? null
}

function rowOf(job: NewJob) {
  return {
    kind: job.kind,
    key: job.key,
    draftId: job.draftId,
    workspace: job.workspace,
    state: 'queued' as const,
    progress: 0,
    requesterId: job.requester?.id ?? null,
    requesterName: job.requester?.name ?? null,
    payload: job.payload ?? {},
    priority: job.priority ?? 0,
    attempts: 0,
    failures: 0,
    outputVideoPath: null,
    outputDuration: null,
    youtubeUrl: null,
    error: null,
    startedAt: null,
    finishedAt: null,
  }
}
