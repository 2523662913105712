import { DraftEntity } from '../db/entities/draft.ts'
import { type Job, JobEntity } from '../db/entities/job.ts'
import type { EntityManager } from '../db/types.ts'
import type { Actor, Core } from './core.ts'
import { UserError, type Whose } from './errors.ts'

/** What may be done; null means as much as anybody likes. */
interface Quota {
  /** Drafts that are not finished. */
  openDrafts: number | null
  rendersPerHour: number | null
  /** Seconds of video a day. A render is allowed as long as those before it are below. */
  videoSecondsPerDay: number | null
}

/** For one person in a workspace, and for all of a workspace together. */
export type Quotas = Record<Whose, Quota>

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ACTIVE = { state: { $in: ['queued' as const, 'running' as const] } }

/**
 * Looks whether another draft is allowed, in the transaction in which it is asked for: of two who ask at once, the second is
 * counted with the first.
 * @throws UserError that says how many open drafts are allowed.
 */
export async function admitDraft(
  core: Core,
  em: EntityManager,
  actor: Actor,
  workspace: string,
): Promise<void> {
  for (const whose of ['person', 'workspace'] as const) {
    const max = core.quotas[whose].openDrafts
    if (max === null) continue
    const [author, requester] =
      whose === 'person' ? [{ authorId: actor.id }, { requesterId: actor.id }] : [{}, {}]
    const open = await em.count(DraftEntity, { workspace, ...author, status: { $ne: 'finalized' } })
    const coming = await em.find(JobEntity, { workspace, ...requester, kind: 'create', ...ACTIVE })
    const ids = coming.map(({ draftId }) => draftId).filter((id) => id !== null)
    // A job may still be at work on a draft that is there already.
    const saved = await em.count(DraftEntity, { draftId: { $in: ids }, status: { $ne: 'finalized' } })
    if (open + coming.length - saved >= max) throw new UserError('limit_open_drafts', { max, whose })
  }
}

/**
 * Looks whether another render is allowed, in the transaction in which it is asked for.
 * @throws UserError that says when the next render will be allowed.
 */
export async function admitRender(
  core: Core,
  em: EntityManager,
  actor: Actor,
  workspace: string,
): Promise<void> {
  for (const whose of ['person', 'workspace'] as const) {
    const { rendersPerHour, videoSecondsPerDay } = core.quotas[whose]
    if (rendersPerHour === null && videoSecondsPerDay === null) continue
    const now = core.clock().getTime()
    const since = new Date(now - DAY)
    const ofDay = await em.find(
      JobEntity,
      {
        workspace,
        ...(whose === 'person' && { requesterId: actor.id }),
        kind: 'finalize',
        // Nobody is to pay for what went wrong.
        state: { $ne: 'failed' },
        // What seems to come was asked for before the clock was put back.
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
      const freeing = whatFrees(ofDay, videoSecondsPerDay)
      if (freeing)
        throw new UserError('limit_seconds', {
          ...{ max: videoSecondsPerDay, whose },
          again: after(freeing.createdAt, DAY),
        })
    }
  }
}

/** The oldest render that must be a day old before the sum is below the limit again; undefined when it is. */
function whatFrees(renders: Job[], max: number): Job | undefined {
  let seconds = renders.reduce((sum, render) => sum + secondsOf(render), 0)
  if (seconds < max) return undefined
  return renders.find((render) => {
    seconds -= secondsOf(render)
    return seconds < max
  })
}

/** Of a render that is not done yet, what it is going to be; of a cancelled one, nothing. */
function secondsOf({ state, outputDuration, payload }: Job): number {
  if (outputDuration !== null) return outputDuration
  const isComing = state === 'queued' || state === 'running'
  return isComing && typeof payload.plannedSeconds === 'number' ? payload.plannedSeconds : 0
}

function after(date: Date, milliseconds: number): string {
  return `${new Date(date.getTime() + milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
