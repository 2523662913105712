import type { Database } from '../../db/database.ts'
import { DraftEntity } from '../../db/entities/draft.ts'
import { JobEntity } from '../../db/entities/job.ts'
import type { JobQueue } from '../core.ts'
import type { DraftEvents } from '../events.ts'
import { recordAct } from './audit.ts'

const DAY = 86_400_000

export interface Expiry {
  db: Database
  events: DraftEvents
  /** What still works on a draft that is removed is cancelled. */
  jobs: Pick<JobQueue, 'cancelDraft'>
  now: Date
  /** Days after which a draft that nobody touched is removed. */
  ttlDays: number
  dryRun?: boolean
}

/** Has the threads of drafts that nobody touches say that they will be removed in a day. @returns how many. */
export async function announceExpiry({ db, events, now, ttlDays, dryRun }: Expiry): Promise<number> {
  const untouched = {
    status: { $ne: 'converting' as const },
    expiryNoticeAt: null,
    updatedAt: { $lte: before(now, ttlDays - 1) },
  }
  const drafts = await db.fork().find(DraftEntity, untouched, { fields: ['draftId'] })
  for (const { draftId } of dryRun ? [] : drafts) {
    // Asked again in the same step: somebody may have touched it since.
    await db.fork().nativeUpdate(DraftEntity, { draftId, ...untouched }, { expiryNoticeAt: now })
    events.changed(draftId)
  }
  return drafts.length
}

/**
 * Removes drafts that nobody has touched for so long, a day after their threads were told. Their videos stay until
 * they are too old themselves; other files go with the next sweep. @returns how many.
 */
export async function removeExpired({ db, events, jobs, now, ttlDays, dryRun }: Expiry): Promise<number> {
  const expired = {
    status: { $ne: 'converting' as const },
    expiryNoticeAt: { $ne: null, $lte: before(now, 1) },
    updatedAt: { $lte: before(now, ttlDays) },
  }
  const drafts = await db.fork().find(DraftEntity, expired, { fields: ['draftId'] })
  if (dryRun) return drafts.length
  let removed = 0
  for (const { draftId } of drafts) {
    const isRemoved = await db.transaction(async (em) => {
      // Asked again in the same step: somebody may have touched it since.
      const draft = await em.findOne(DraftEntity, { draftId, ...expired })
      if (!draft) return false
      await em.nativeDelete(DraftEntity, { draftId })
      const { revision, updatedAt } = draft
      const untouchedDays = Math.floor((now.getTime() - updatedAt.getTime()) / DAY)
      await recordAct(em, 'expired', { place: draft, draftId, actor: null, now }, { revision, untouchedDays })
      return true
    })
    if (!isRemoved) continue
    removed += 1
    await jobs.cancelDraft(draftId)
    await db.fork().nativeDelete(JobEntity, { draftId, kind: 'create' })
    events.deleted(draftId)
  }
  return removed
}

function before(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY)
}
