import type { FilterQuery } from '@mikro-orm/core'
import type { Database } from '../../db/database.ts'
import { DraftEntity } from '../../db/entities/draft.ts'
import { HandledEventEntity } from '../../db/entities/handled-event.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { KeptFormEntity } from '../../db/entities/kept-form.ts'
import { PaidCallEntity } from '../../db/entities/paid-call.ts'
import { SessionEntity, SignInLinkEntity } from '../../db/entities/session.ts'
import { SpendingEntity } from '../../db/entities/spending.ts'
import { newestJob, OVER } from '../../db/queries/jobs.ts'
import { removeUnneeded } from '../draft/notes/unneeded.ts'
import type { Freed } from '../media/store/evict.ts'
import type { DraftEvents } from '../model/events.ts'
import { filmAndBeside } from '../model/film-files.ts'
import type { Store } from '../model/store.ts'

const DAY = 86_400_000
/** Days for which finished things are remembered; platforms repeat events within hours, and limits cover a day. */
const TRACE_DAYS = 7

export interface Rows {
  db: Database
  events: DraftEvents
  now: Date
  ttlDays: number
  dryRun: boolean
}

/** Removes expired videos; their jobs stay in the history. */
export async function removeOldVideos({
  db,
  store,
  events,
  now,
  ttlDays,
  dryRun,
}: Rows & { store: Store }): Promise<Freed> {
  const freed: Freed = { files: 0, bytes: 0 }
  const old = { outputVideoPath: { $ne: null }, finishedAt: { $lte: before(now, ttlDays) } }
  for (const { jobId, draftId, outputVideoPath } of await db.fork().find(JobEntity, old)) {
    if (outputVideoPath === null) continue
    const files = filmAndBeside(outputVideoPath)
    const sizes = await Promise.all(files.map((file) => store.size(file)))
    if (!dryRun) {
      // The row first: an unreferenced file is found by the next sweep.
      await db.fork().nativeUpdate(JobEntity, { jobId }, { outputVideoPath: null })
      for (const file of files) await store.discard(file, Number.POSITIVE_INFINITY)
      if (draftId !== null) events.changed(draftId)
    }
    for (const bytes of sizes.filter((size) => size !== null)) {
      freed.files += 1
      freed.bytes += bytes
    }
  }
  return freed
}

/** Removes rows that are no longer needed. @returns how many. */
export async function removeOldRows({ db, events, now, ttlDays, dryRun }: Rows): Promise<number> {
  const em = db.fork()
  const past = { $lte: before(now, TRACE_DAYS) }
  const over = { expiresAt: { $lte: now } }
  const newest = await newestJob(em, { kind: 'cleanup', state: 'done' })
  const traces: FilterQuery<Job> = {
    kind: { $in: ['collect', 'clip', 'sound', 'cleanup', 'link', 'webhook'] },
    state: { $in: OVER },
    updatedAt: past,
    // The amount it freed is still shown.
    ...(newest && { id: { $ne: newest.id } }),
  }
  const unwritten = await creationsWithoutDraft(db, before(now, ttlDays))
  if (dryRun) {
    const counts = [
      await em.count(HandledEventEntity, { createdAt: past }),
      await em.count(KeptFormEntity, { createdAt: past }),
      await em.count(PaidCallEntity, { createdAt: past }),
      await em.count(SpendingEntity, { createdAt: past }),
      await em.count(SignInLinkEntity, over),
      await em.count(SessionEntity, over),
      await em.count(JobEntity, traces),
      await removeUnneeded(em, past.$lte, true),
    ]
    return counts.reduce((sum, count) => sum + count, unwritten.length)
  }
  let rows = await em.nativeDelete(HandledEventEntity, { createdAt: past })
  rows += await em.nativeDelete(KeptFormEntity, { createdAt: past })
  rows += await em.nativeDelete(PaidCallEntity, { createdAt: past })
  rows += await em.nativeDelete(SpendingEntity, { createdAt: past })
  rows += await em.nativeDelete(SignInLinkEntity, over)
  rows += await em.nativeDelete(SessionEntity, over)
  rows += await em.nativeDelete(JobEntity, traces)
  rows += await removeUnneeded(em, past.$lte)
  for (const { jobId, draftId } of unwritten) {
    rows += await em.nativeDelete(JobEntity, { jobId })
    if (draftId !== null) events.deleted(draftId)
  }
  return rows
}

/** Script jobs that never became drafts and were not retried. */
async function creationsWithoutDraft(db: Database, past: Date) {
  const em = db.fork()
  const jobs = await em.find(
    JobEntity,
    {
      kind: 'create',
      state: { $in: OVER },
      updatedAt: { $lte: past },
    },
    { fields: ['jobId', 'draftId'] },
  )
  const ids = jobs.map(({ draftId }) => draftId).filter((id) => id !== null)
  const drafts = await em.find(DraftEntity, { draftId: { $in: ids } }, { fields: ['draftId'] })
  const present = new Set(drafts.map(({ draftId }) => draftId))
  return jobs.filter(({ draftId }) => draftId === null || !present.has(draftId))
}

function before(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY)
}
