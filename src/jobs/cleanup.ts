import type { Logger } from 'pino'
import { evictCaches, type Freed } from '../core/assets/evict.ts'
import type { AssetStore } from '../core/assets/store.ts'
import { sweepLeftovers, sweepUnused } from '../core/assets/sweep.ts'
import type { JobQueue } from '../core/core.ts'
import { removeOldActs } from '../core/draft/audit.ts'
import { announceExpiry, removeExpired } from '../core/draft/expire.ts'
import type { DraftEvents } from '../core/events.ts'
import type { Database } from '../db/database.ts'
import { JobEntity } from '../db/entities/job.ts'
import { removeOldRows, removeOldVideos } from './cleanup-rows.ts'
import { insertJob } from './job-rows.ts'

/** SPEC §7 and §8. */
export interface CleanupLimits {
  draftTtlDays: number
  outputTtlDays: number
  auditTtlDays: number
  assetGraceHours: number
  cacheMaxBytes: number
}

export interface Cleaning {
  db: Database
  store: AssetStore
  events: DraftEvents
  log: Logger
  clock: () => Date
  limits: CleanupLimits
  /**
   * The queue of the bot that cleans; null for any other process, beside which the bot may be running. That leaves drafts to
   * the bot, which tells their threads first, and every file that the bot may be using.
   */
  jobs: Pick<JobQueue, 'cancelDraft'> | null
  dryRun?: boolean
}

export interface CleanupReport {
  /** Drafts whose threads were told that they will be removed. */
  announced: number
  drafts: number
  videos: Freed
  /** Voices, footage and videos that nothing refers to. */
  unused: Freed
  caches: Freed
  /** Half-done files of dead processes. */
  leftovers: Freed
  /** Rows of the database: handled events, kept forms, paid calls, finished jobs, acts of the audit trail. */
  rows: number
}

const HOUR = 3_600_000
/** Milliseconds in which the bot may still be about to write down that it uses a file. */
const BESIDE_GRACE = HOUR
/** Milliseconds that whatever a process writes to a temporary file takes at the most. */
const WRITING = 24 * HOUR

/** Removes what nobody needs any more (SPEC §7). Whatever fails is thrown; running it again continues. */
export async function cleanUp(cleaning: Cleaning): Promise<CleanupReport> {
  const { db, store, events, log, clock, limits, jobs, dryRun = false } = cleaning
  const now = clock()
  const expiry = jobs && { db, events, jobs, now, dryRun, ttlDays: limits.draftTtlDays }
  // Expired ones first: a draft is told at one cleaning and removed at another.
  const drafts = expiry ? await removeExpired(expiry) : 0
  const announced = expiry ? await announceExpiry(expiry) : 0
  const videos = await removeOldVideos({ db, store, events, now, ttlDays: limits.outputTtlDays, dryRun })
  // The bot knows what its work holds.
  const unusedSince = jobs ? Number.POSITIVE_INFINITY : await unusedByBot(db, now)
  const old = now.getTime() - limits.assetGraceHours * HOUR
  const unused = await sweepUnused(db, store, Math.min(old, unusedSince), { dryRun })
  const tooMany = (total: number) => total - limits.cacheMaxBytes
  const caches = await evictCaches(store, tooMany, { dryRun, unusedSince })
  const leftovers = await sweepLeftovers(store, Date.now() - WRITING, { dryRun })
  const outdated = await removeOldRows({ db, events, now, ttlDays: limits.draftTtlDays, dryRun })
  const auditEnd = new Date(now.getTime() - limits.auditTtlDays * 24 * HOUR)
  const rows = outdated + (await removeOldActs(db, auditEnd, { dryRun }))
  const report = { announced, drafts, videos, unused, caches, leftovers, rows }
  log.info({ ...report, freed: freedBytes(report), dryRun }, 'cleaned')
  return report
}

/**
 * Since when (in milliseconds) the bot must not have used a file for another process to remove it. Its jobs look up what
 * they use after they have begun, and may use it until they end.
 */
async function unusedByBot(db: Database, now: Date): Promise<number> {
  const oldest = await db
    .fork()
    .findOne(JobEntity, { state: 'running' }, { orderBy: { startedAt: 'asc' }, fields: ['startedAt'] })
  return Math.min(now.getTime() - BESIDE_GRACE, oldest?.startedAt?.getTime() ?? now.getTime())
}

/** Writes down what a cleaning outside of the queue has done, as the queue's own are. */
export async function recordCleanup(db: Database, report: CleanupReport, now: Date): Promise<void> {
  await db.transaction(async (em) => {
    const job = {
      kind: 'cleanup',
      key: 'cleanup:by hand',
      draftId: null,
      workspace: '',
      requester: null,
    } as const
    const jobId = await insertJob(em, job, now)
    const done = { state: 'done', progress: 1, attempts: 1, startedAt: now, finishedAt: now } as const
    await em.nativeUpdate(JobEntity, { jobId }, { ...done, payload: cleanupPayload(report) })
  })
}

/**
 * What the row of a cleaning keeps.
 * @param asked what it was asked for with: bytes that were freed before it began are among those that it tells of.
 */
export function cleanupPayload(
  report: CleanupReport,
  asked: Record<string, unknown> = {},
): Record<string, unknown> {
  const before = typeof asked.freedBefore === 'number' ? asked.freedBefore : 0
  return { report, freedBytes: freedBytes(report) + before }
}

export function freedBytes({ videos, unused, caches, leftovers }: CleanupReport): number {
  return videos.bytes + unused.bytes + caches.bytes + leftovers.bytes
}
