import type { Logger } from 'pino'
import type { Database } from '../../db/database.ts'
import { JobEntity } from '../../db/entities/job.ts'
import { removeOldActs } from '../draft/audit.ts'
import type { Core } from '../draft/core.ts'
import { announceExpiry, dueDrafts, removeExpired } from '../draft/expire.ts'
import type { Payload, PayloadInput } from '../draft/payloads.ts'
import { evictCaches, type Freed } from '../media/store/evict.ts'
import type { DraftEvents } from '../model/events.ts'
import { newJobId } from '../model/ids.ts'
import type { JobQueue } from '../model/jobs.ts'
import type { Store } from '../model/store.ts'
import { removeRowsOfGone } from './cleanup-gone.ts'
import { removeOldRows, removeOldVideos } from './cleanup-rows.ts'
import { sweepLeftovers, sweepOutdated, sweepUnused } from './sweep.ts'

/** Retention periods and cache sizes. */
export interface CleanupLimits {
  draftTtlDays: number
  outputTtlDays: number
  auditTtlDays: number
  assetGraceHours: number
  cacheMaxBytes: number
}

export interface Cleaning {
  db: Database
  store: Store
  events: DraftEvents
  log: Logger
  clock: () => Date
  limits: CleanupLimits
  /**
   * The queue, if the bot itself is cleaning up; null for any other process, next to which the bot may be running. Such a
   * process leaves drafts to the bot, which announces removals in threads first, and every file that the bot may be using.
   */
  jobs: Pick<JobQueue, 'cancelDraft'> | null
  dryRun?: boolean
}

export interface CleanupReport {
  /** Drafts whose removal was announced in their threads; in a dry run, would be announced by the bot. */
  announced: number
  /** Removed drafts; in a dry run, those the bot would remove. */
  drafts: number
  videos: Freed
  /** Unreferenced files, including those of removed drafts. */
  unused: Freed
  caches: Freed
  /** Stock sites' answers that have been kept as long as their terms require. */
  outdated: Freed
  /** Incomplete files of dead processes. */
  leftovers: Freed
  /** Database rows: handled events, saved forms, paid calls, finished jobs, acts of the audit trail. */
  rows: number
  /** Foreign files in the folder, which are left alone. */
  foreign: string[]
}

const HOUR = 3_600_000
/** Milliseconds in which the bot may still be about to record its use of a file. */
const BESIDE_GRACE = HOUR
/** The longest time that writing a temporary file can take, in milliseconds. */
const WRITING = 24 * HOUR
/** Milliseconds for which stock sites' answers are kept. */
const DATED = 24 * HOUR

/** Removes everything that is no longer needed. Errors are thrown; running it again continues. */
export async function cleanUp(cleaning: Cleaning): Promise<CleanupReport> {
  const { db, store, events, log, clock, limits, jobs, dryRun = false } = cleaning
  const now = clock()
  const { drafts, announced, freed } = await expire(cleaning, now)
  const videos = await removeOldVideos({ db, store, events, now, ttlDays: limits.outputTtlDays, dryRun })
  // The bot knows which files its work holds.
  const unusedSince = jobs ? Number.POSITIVE_INFINITY : await unusedByBot(db, now)
  const old = now.getTime() - limits.assetGraceHours * HOUR
  const swept = await sweepUnused(db, store, Math.min(old, unusedSince), { dryRun })
  const unused = { files: freed.files + swept.files, bytes: freed.bytes + swept.bytes }
  const tooMany = (total: number) => total - limits.cacheMaxBytes
  const caches = await evictCaches(store, tooMany, { dryRun, unusedSince })
  const outdated = await sweepOutdated(store, Date.now() - DATED, { dryRun })
  if (!dryRun) await store.removeForsaken()
  const leftovers = await sweepLeftovers(store, Date.now() - WRITING, { dryRun })
  const olds = { db, events, now, ttlDays: limits.draftTtlDays, dryRun }
  const auditEnd = new Date(now.getTime() - limits.auditTtlDays * 24 * HOUR)
  const rows =
    (await removeRowsOfGone(olds)) +
    (await removeOldRows(olds)) +
    (await removeOldActs(db, auditEnd, { dryRun }))
  const foreign = await store.foreign()
  const report = { announced, drafts, videos, unused, caches, outdated, leftovers, rows, foreign }
  log.info({ ...report, freed: freedBytes(report), dryRun }, 'cleaned')
  if (!dryRun) await db.forgetFreed()
  return report
}

/** Runs a cleanup job and records its result. */
export async function runCleanup(
  { db, store, events, log, clock, jobs }: Core,
  jobId: string,
  asked: Payload<'cleanup'>,
  limits: CleanupLimits,
): Promise<void> {
  const report = await cleanUp({ db, store, events, log, clock, jobs, limits })
  await db.fork().nativeUpdate(JobEntity, { jobId }, { payload: cleanupPayload(report, asked) })
}

/** Announces and removes untouched drafts, which only the bot does. */
async function expire({ db, store, events, clock, limits, jobs, dryRun }: Cleaning, now: Date) {
  const expiry = { now, ttlDays: limits.draftTtlDays }
  if (dryRun) {
    const { expired, noticed } = await dueDrafts(db, expiry)
    return { drafts: expired.length, announced: noticed.length, freed: NOTHING }
  }
  if (!jobs) return { drafts: 0, announced: 0, freed: NOTHING }
  // Expired ones first: a draft is announced in one cleanup and removed in a later one.
  const removed = await removeExpired({ db, store, events, clock, jobs }, expiry)
  return { ...removed, announced: await announceExpiry({ db, events }, expiry) }
}

const NOTHING: Freed = { files: 0, bytes: 0 }

/**
 * The time (in milliseconds) since which the bot must not have used a file for another process to remove it. Jobs look up
 * their files after they start, and may use them until they end.
 */
async function unusedByBot(db: Database, now: Date): Promise<number> {
  const oldest = await db
    .fork()
    .findOne(JobEntity, { state: 'running' }, { orderBy: { startedAt: 'asc' }, fields: ['startedAt'] })
  return Math.min(now.getTime() - BESIDE_GRACE, oldest?.startedAt?.getTime() ?? now.getTime())
}

/** Records a cleanup outside the queue like the queue's own. */
export async function recordCleanup(db: Database, report: CleanupReport, now: Date): Promise<void> {
  const none = {
    draftId: null,
    requesterId: null,
    requesterName: null,
    error: null,
    priority: 0,
    failures: 0,
  }
  const noVideo = { outputVideoPath: null, outputDuration: null, youtubeUrl: null }
  await db.fork().insert(JobEntity, {
    ...{ jobId: newJobId(now), kind: 'cleanup', key: 'cleanup:by hand', workspace: '' },
    ...{ state: 'done', progress: 1, attempts: 1, payload: cleanupPayload(report), ...none, ...noVideo },
    ...{ runAfter: now, createdAt: now, updatedAt: now, startedAt: now, finishedAt: now },
  })
}

/**
 * What a cleanup's row stores.
 * @param asked its request: bytes freed before it started are included in its report.
 */
function cleanupPayload(
  report: CleanupReport,
  { freedBefore = 0 }: PayloadInput<'cleanup'> = {},
): PayloadInput<'cleanup'> {
  return { report: { ...report }, freedBytes: freedBytes(report) + freedBefore }
}

export function freedBytes({ videos, unused, caches, outdated, leftovers }: CleanupReport): number {
  return videos.bytes + unused.bytes + caches.bytes + outdated.bytes + leftovers.bytes
}
