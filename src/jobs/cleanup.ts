import type { Logger } from 'pino'
import { evictCaches, type Freed } from '../core/assets/evict.ts'
import type { AssetStore } from '../core/assets/store.ts'
import { sweepLeftovers, sweepUnused } from '../core/assets/sweep.ts'
import type { JobQueue } from '../core/core.ts'
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
   * What this process is on the folder: the bot itself with its queue, the only process, or one beside a running bot. The
   * last leaves drafts to the bot, which tells their threads, and all that has been used within the last hour.
   */
  as: { role: 'bot'; jobs: Pick<JobQueue, 'cancelDraft'> } | { role: 'alone' } | { role: 'beside' }
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
  /** Rows of the database: handled events, kept forms, finished jobs. */
  rows: number
}

const HOUR = 3_600_000
/** Milliseconds in which another process may still be about to write down that it uses a file. */
const BESIDE_GRACE = HOUR
/** Milliseconds that whatever a process writes to a temporary file takes at the most. */
const WRITING = 24 * HOUR

/** Removes what nobody needs any more (SPEC §7). Whatever fails is thrown; running it again continues. */
export async function cleanUp(cleaning: Cleaning): Promise<CleanupReport> {
  const { db, store, events, log, clock, limits, as, dryRun = false } = cleaning
  const now = clock()
  const expiry = { db, events, now, dryRun, ttlDays: limits.draftTtlDays }
  const jobs = as.role === 'bot' ? as.jobs : null
  const isBeside = as.role === 'beside'
  // Expired ones first: a draft is told at one cleaning and removed at another.
  const drafts = isBeside ? 0 : await removeExpired({ ...expiry, jobs })
  const announced = isBeside ? 0 : await announceExpiry({ ...expiry, jobs })
  const videos = await removeOldVideos({ db, store, events, now, ttlDays: limits.outputTtlDays, dryRun })
  const grace = Math.max(limits.assetGraceHours * HOUR, isBeside ? BESIDE_GRACE : 0)
  const unused = await sweepUnused(db, store, now.getTime() - grace, { dryRun })
  const caches = await evictCaches(store, (total) => total - limits.cacheMaxBytes, { dryRun })
  const leftovers = await sweepLeftovers(store, Date.now() - (as.role === 'alone' ? 0 : WRITING), { dryRun })
  const rows = await removeOldRows({ db, events, now, ttlDays: limits.draftTtlDays, dryRun })
  const report = { announced, drafts, videos, unused, caches, leftovers, rows }
  log.info({ ...report, freed: freedBytes(report), dryRun }, 'cleaned')
  return report
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

/** What the row of a cleaning keeps. */
export function cleanupPayload(report: CleanupReport): Record<string, unknown> {
  return { report, freedBytes: freedBytes(report) }
}

export function freedBytes({ videos, unused, caches, leftovers }: CleanupReport): number {
  return videos.bytes + unused.bytes + caches.bytes + leftovers.bytes
}
