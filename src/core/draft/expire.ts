import type { FilterQuery } from '@mikro-orm/core'
import type { Database } from '../../db/database.ts'
import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import type { Freed } from '../media/store/evict.ts'
import { recordAct } from './audit.ts'
import { type Remover, removeDraft } from './remove.ts'

const DAY = 86_400_000

/** When drafts expire. */
export interface Expiry {
  now: Date
  /** Days after which an untouched draft is removed. */
  ttlDays: number
}

/** A draft that nobody has touched for a long time. */
export type DueDraft = Pick<Draft, 'draftId' | 'title' | 'updatedAt'>

/** The drafts that the bot's next cleanup would remove, and those whose threads it would notify; longest untouched first. */
export async function dueDrafts(
  db: Database,
  expiry: Expiry,
): Promise<{ expired: DueDraft[]; noticed: DueDraft[] }> {
  return { expired: await find(db, expired(expiry)), noticed: await find(db, untouched(expiry)) }
}

/** Makes the threads of untouched drafts announce their removal in a day. @returns how many. */
export async function announceExpiry(
  { db, events }: Pick<Remover, 'db' | 'events'>,
  expiry: Expiry,
): Promise<number> {
  const drafts = await find(db, untouched(expiry))
  for (const { draftId } of drafts) {
    // Checked again in the same step, because it may have been touched since.
    await db
      .fork()
      .nativeUpdate(DraftEntity, { draftId, ...untouched(expiry) }, { expiryNoticeAt: expiry.now })
    events.changed(draftId)
  }
  return drafts.length
}

/**
 * Removes untouched drafts a day after their threads announced it. Their videos stay until they expire themselves. @returns
 * how many, and the bytes freed.
 */
export async function removeExpired(
  remover: Remover,
  expiry: Expiry,
): Promise<{ drafts: number; freed: Freed }> {
  let drafts = 0
  const freed: Freed = { files: 0, bytes: 0 }
  for (const { draftId } of await find(remover.db, expired(expiry))) {
    const removed = await removeDraft(remover, draftId, {
      farewell: { reason: 'expired', days: expiry.ttlDays },
      keep: 'videos',
      where: expired(expiry),
      record: (em, draft) => {
        const { revision, updatedAt } = draft
        const about = { place: draft, draftId, actor: null, now: expiry.now }
        const untouchedDays = Math.floor((expiry.now.getTime() - updatedAt.getTime()) / DAY)
        return recordAct(em, 'expired', about, { revision, untouchedDays })
      },
    })
    if (!removed) continue
    drafts += 1
    freed.files += removed.files
    freed.bytes += removed.bytes
  }
  return { drafts, freed }
}

function find(db: Database, where: FilterQuery<Draft>): Promise<DueDraft[]> {
  return db
    .fork()
    .find(DraftEntity, where, { fields: ['draftId', 'title', 'updatedAt'], orderBy: { updatedAt: 'asc' } })
}

function untouched({ now, ttlDays }: Expiry) {
  return {
    status: { $ne: 'converting' as const },
    expiryNoticeAt: null,
    updatedAt: { $lte: before(now, ttlDays - 1) },
  }
}

function expired({ now, ttlDays }: Expiry) {
  return {
    status: { $ne: 'converting' as const },
    expiryNoticeAt: { $ne: null, $lte: before(now, 1) },
    updatedAt: { $lte: before(now, ttlDays) },
  }
}

function before(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY)
}
