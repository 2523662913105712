import { DraftEntity } from '../db/entities/draft.ts'
import { JobEntity } from '../db/entities/job.ts'
import type { Actor, Core } from './core.ts'
import { UserError } from './errors.ts'

/** What one person may do in a workspace; null means as much as they like. */
export interface Quotas {
  /** Drafts of one author that are not finished. */
  openDrafts: number | null
  rendersPerHour: number | null
  /** Seconds of finished video a day. */
  videoSecondsPerDay: number | null
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** @throws UserError that says how many open drafts are allowed. */
export async function admitDraft(core: Core, actor: Actor, workspace: string): Promise<void> {
  const max = core.quotas.openDrafts
  if (max === null) return
  const em = core.db.fork()
  const [open, waiting] = await Promise.all([
    em.count(DraftEntity, { workspace, authorId: actor.id, status: { $ne: 'finalized' } }),
    em.count(JobEntity, {
      workspace,
      requesterId: actor.id,
      kind: 'create',
      state: { $in: ['queued', 'running'] },
    }),
  ])
  if (open + waiting >= max) throw new UserError('limit_open_drafts', { max })
}

/** @throws UserError that says when the next render will be allowed. */
export async function admitRender(core: Core, actor: Actor, workspace: string): Promise<void> {
  const { rendersPerHour, videoSecondsPerDay } = core.quotas
  const now = core.clock().getTime()
  const rendersSince = (milliseconds: number) =>
    core.db.fork().find(
      JobEntity,
      {
        workspace,
        requesterId: actor.id,
        kind: 'finalize',
        createdAt: { $gt: new Date(now - milliseconds) },
      },
      { orderBy: { createdAt: 'asc' } },
    )
  if (rendersPerHour !== null) {
    const renders = await rendersSince(HOUR)
    const oldest = renders.at(-rendersPerHour)
    if (oldest)
      throw new UserError('limit_renders', { max: rendersPerHour, again: after(oldest.createdAt, HOUR) })
  }
  if (videoSecondsPerDay !== null) {
    const renders = (await rendersSince(DAY)).filter(({ outputDuration }) => outputDuration !== null)
    let seconds = renders.reduce((sum, { outputDuration }) => sum + (outputDuration ?? 0), 0)
    if (seconds < videoSecondsPerDay) return
    // The renders that must be a day old before the sum is below the limit again.
    const freeing = renders.find(({ outputDuration }) => {
      seconds -= outputDuration ?? 0
      return seconds < videoSecondsPerDay
    })
    if (freeing)
      throw new UserError('limit_seconds', { max: videoSecondsPerDay, again: after(freeing.createdAt, DAY) })
  }
}

function after(date: Date, milliseconds: number): string {
  return `${new Date(date.getTime() + milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
