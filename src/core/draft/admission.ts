import { DraftEntity } from '../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { PaidCallEntity } from '../../db/entities/paid-call.ts'
import { ACTIVE, activeJobs } from '../../db/queries/jobs.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Whose } from '../model/error-messages.ts'
import { UserError } from '../model/errors.ts'
import { utcMinute } from '../model/moment.ts'
import type { Actor } from '../model/people.ts'
import type { Core } from './core.ts'
import { readPayload } from './payloads.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WHOSE = ['person', 'workspace'] as const

/**
 * Checks whether another draft is allowed, in the transaction that requests it: of two concurrent requests, the second
 * counts the first.
 * @param by the requester; a finished draft reopened by someone else counts for its author.
 * @throws UserError saying how many open drafts are allowed.
 */
export async function admitDraft(
  core: Core,
  em: EntityManager,
  author: Actor,
  workspace: string,
  by: Actor = author,
): Promise<void> {
  for (const whose of WHOSE) {
    const max = core.quotas[whose].openDrafts
    if (max === null || (await openDrafts(em, whose, author.id, workspace)) < max) continue
    if (whose === 'workspace' || by.id === author.id) throw new UserError('limit_open_drafts', { max, whose })
    throw new UserError('limit_open_drafts_of', { max, name: author.name })
  }
}

async function openDrafts(em: EntityManager, whose: Whose, personId: string, workspace: string) {
  const isPerson = whose === 'person'
  const where = isPerson ? onSurface(workspace) : { workspace }
  const author = isPerson ? { authorId: personId } : {}
  const open = await em.count(DraftEntity, { ...where, ...author, status: { $ne: 'finalized' } })
  const requester = isPerson ? { requesterId: personId } : {}
  const coming = await activeJobs(em, { ...where, ...requester, kind: 'create' })
  const ids = coming.map(({ draftId }) => draftId).filter((id) => id !== null)
  // A job may still be running for an existing draft.
  const saved = await em.count(DraftEntity, { draftId: { $in: ids }, status: { $ne: 'finalized' } })
  return open + coming.length - saved
}

/**
 * Checks whether another render is allowed, in the transaction that requests it.
 * @throws UserError saying when the next render will be allowed.
 */
export async function admitRender(
  core: Core,
  em: EntityManager,
  actor: Actor,
  workspace: string,
): Promise<void> {
  for (const whose of WHOSE) {
    const { rendersPerHour, videoSecondsPerDay } = core.quotas[whose]
    if (rendersPerHour === null && videoSecondsPerDay === null) continue
    const now = core.clock().getTime()
    const since = new Date(now - DAY)
    const ofDay = await em.find(
      JobEntity,
      {
        ...(whose === 'person' ? { requesterId: actor.id, ...onSurface(workspace) } : { workspace }),
        kind: 'finalize',
        // Failures don't count against anyone.
        state: { $ne: 'failed' },
        // Requests that seem to be in the future were made before the clock was set back.
        createdAt: { $gt: since, $lte: new Date(now) },
      },
      { orderBy: { createdAt: 'asc' } },
    )
    if (rendersPerHour !== null) {
      const ofHour = ofDay.filter(({ createdAt }) => createdAt.getTime() > now - HOUR)
      const oldest = ofHour.at(-rendersPerHour)
      if (oldest)
        throw new UserError('limit_renders', {
          ...{ max: rendersPerHour, whose },
          again: after(oldest.createdAt, HOUR),
        })
    }
    if (videoSecondsPerDay !== null) {
      const freeing = whatFrees(ofDay, secondsOf, videoSecondsPerDay)
      if (freeing)
        throw new UserError('limit_seconds', {
          ...{ max: videoSecondsPerDay, whose },
          again: after(freeing.createdAt, DAY),
        })
    }
  }
}

/**
 * Checks whether a person may make more paid calls, and counts the new ones, in the transaction of the action they are for:
 * what is rolled back doesn't count, automatic retries count once, and deleting a draft gives nothing back. Does nothing
 * for zero calls.
 * @throws UserError saying when more are available.
 */
export async function admitPaidCalls(
  core: Core,
  em: EntityManager,
  actor: Actor,
  workspace: string,
  calls: number,
): Promise<void> {
  if (calls === 0) return
  for (const whose of WHOSE) {
    const max = core.quotas[whose].paidCallsPerHour
    if (max === null) continue
    const where = whose === 'person' ? { personId: actor.id, ...onSurface(workspace) } : { workspace }
    const since = new Date(core.clock().getTime() - HOUR)
    if ((await callsSince(em, since, whose, actor, workspace)) < max) continue
    const recent = await em.find(
      PaidCallEntity,
      { ...where, createdAt: { $gt: since } },
      { orderBy: { createdAt: 'asc' } },
    )
    const freeing = whatFrees(recent, (row) => row.calls, max)
    if (freeing)
      throw new UserError('limit_paid_calls', { ...{ max, whose }, again: after(freeing.createdAt, HOUR) })
  }
  await countPaidCalls(core, em, actor, workspace, calls)
}

/** Counts calls that were admitted together with their cause, such as the assets of a new draft. */
export async function countPaidCalls(
  core: Core,
  em: EntityManager,
  actor: Actor,
  workspace: string,
  calls: number,
): Promise<void> {
  if (calls === 0) return
  await em.insert(PaidCallEntity, { personId: actor.id, workspace, calls, createdAt: core.clock() })
}

async function callsSince(
  em: EntityManager,
  since: Date,
  whose: Whose,
  { id }: Actor,
  workspace: string,
): Promise<number> {
  const [condition, parameters] =
    whose === 'person'
      ? ['person_id = ? and workspace like ?', [id, onSurface(workspace).workspace.$like]]
      : ['workspace = ?', [workspace]]
  const [row] = await em.execute<{ calls: number | null }[]>(
    `select sum(calls) as calls from paid_calls where ${condition} and created_at > ?`,
    [...parameters, since.getTime()],
    'all',
  )
  return row?.calls ?? 0
}

/** The row that must expire before the sum is below the limit again; undefined if it is. */
export function whatFrees<T>(rows: readonly T[], amountOf: (row: T) => number, max: number): T | undefined {
  let sum = rows.reduce((sum, row) => sum + amountOf(row), 0)
  if (sum < max) return undefined
  return rows.find((row) => {
    sum -= amountOf(row)
    return sum < max
  })
}

/** People's ids are the platform's, the same in all its workspaces. */
function onSurface(workspace: string) {
  return { workspace: { $like: `${surfaceOf(workspace)}:%` } }
}

function surfaceOf(workspace: string): string {
  return workspace.split(':')[0] ?? ''
}

/** For an unfinished render, its expected length; for a cancelled one, nothing. */
function secondsOf(job: Job): number {
  const { state, outputDuration } = job
  if (outputDuration !== null) return outputDuration
  return ACTIVE.includes(state) ? (readPayload('finalize', job)?.plannedSeconds ?? 0) : 0
}

function after(date: Date, milliseconds: number): string {
  return utcMinute(date.getTime() + milliseconds)
}
