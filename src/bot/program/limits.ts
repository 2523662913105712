import type { Budgets, Quotas } from '../../core/model/quotas.ts'
import type { CleanupLimits } from '../../core/pipeline/cleanup.ts'
import { JOB_KINDS, type JobKind } from '../../db/entities/job.ts'
import type { LaneOptions, QueueOptions } from '../../jobs/queue-options.ts'
import type { Settings } from './config.ts'

const MEGABYTE = 1024 ** 2

/** The lane of each kind. Kinds in the same lane share its limit. */
const LANE_OF = {
  create: 'create',
  collect: 'collect',
  clip: 'ahead',
  sound: 'ahead',
  finalize: 'finalize',
  cleanup: 'cleanup',
  link: 'link',
  upload: 'upload',
  bundle: 'bundle',
  webhook: 'webhook',
} as const satisfies Record<JobKind, string>

/** How many jobs run at the same time. */
export function lanesOf(settings: Settings): LaneOptions[] {
  const lanes: Record<(typeof LANE_OF)[JobKind], Omit<LaneOptions, 'kinds'>> = {
    // Scripts.
    create: { concurrency: 4, perPerson: 3 },
    // Segments. They mostly wait for an answer or a rate limit; work for the processor is limited by the ffmpeg pool. So a waiting draft
    // doesn't hold up others, nor does a person with many such drafts.
    collect: { concurrency: 12, perDraft: 5, perPerson: 9 },
    // So that a short film that only needs joining doesn't wait for a long one being encoded.
    finalize: { concurrency: 2 },
    ahead: { concurrency: settings.RENDER_CONCURRENCY },
    cleanup: { concurrency: 1 },
    // Each waits up to half an hour for a person to enter a code.
    link: { concurrency: 20, perPerson: 2 },
    // Mostly waits for the network.
    upload: { concurrency: 2 },
    // Its ffmpeg processes wait for a slot like all others.
    bundle: { concurrency: 1 },
    // Each waits a few seconds at most for a response, or for its film to be posted.
    webhook: { concurrency: 8, perPerson: 4 },
  }
  return Object.entries(lanes).map(([name, lane]) => ({
    ...lane,
    kinds: JOB_KINDS.filter((kind) => LANE_OF[kind] === name),
  }))
}

const [MINUTE, HOUR] = [60_000, 3_600_000]

/**
 * Milliseconds before each further attempt of a failed job. A webhook's receiver may be down for a night: the delays are
 * the example in https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, up to a day.
 */
export const WAITS: NonNullable<QueueOptions['waits']> = {
  webhook: [5000, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR],
}

export function quotasOf(settings: Settings): Quotas {
  return {
    person: {
      openDrafts: settings.MAX_OPEN_DRAFTS,
      rendersPerHour: settings.MAX_RENDERS_PER_HOUR,
      videoSecondsPerDay: settings.MAX_VIDEO_SECONDS_PER_DAY,
      paidCallsPerHour: settings.MAX_PAID_CALLS_PER_HOUR,
    },
    workspace: {
      openDrafts: settings.MAX_OPEN_DRAFTS_PER_WORKSPACE,
      rendersPerHour: settings.MAX_RENDERS_PER_HOUR_PER_WORKSPACE,
      videoSecondsPerDay: settings.MAX_VIDEO_SECONDS_PER_DAY_PER_WORKSPACE,
      paidCallsPerHour: settings.MAX_PAID_CALLS_PER_HOUR_PER_WORKSPACE,
    },
  }
}

export function budgetsOf(settings: Settings): Budgets {
  return {
    bot: settings.MAX_USD_PER_DAY ?? null,
    workspace: settings.MAX_USD_PER_DAY_PER_WORKSPACE ?? null,
  }
}

/** Bytes that have to stay free on the disk. */
export function minFreeBytesOf(settings: Settings): number {
  return settings.MIN_FREE_MB * MEGABYTE
}

/** The settings that decide what may be cleaned up. */
export function cleanupLimits(settings: Settings): CleanupLimits {
  return {
    draftTtlDays: settings.DRAFT_TTL_DAYS,
    outputTtlDays: settings.OUTPUT_TTL_DAYS,
    auditTtlDays: settings.AUDIT_TTL_DAYS,
    assetGraceHours: settings.ASSET_GRACE_HOURS,
    cacheMaxBytes: settings.CACHE_MAX_MB * MEGABYTE,
  }
}
