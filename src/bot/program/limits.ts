import type { Budgets, Quotas } from '../../core/model/quotas.ts'
import type { CleanupLimits } from '../../core/pipeline/cleanup.ts'
import { JOB_KINDS, type JobKind } from '../../db/entities/job.ts'
import type { LaneOptions, QueueOptions } from '../../jobs/queue-options.ts'
import type { Settings } from './config.ts'

const MEGABYTE = 1024 ** 2

/** The lane of each kind. Those in one share its limit. */
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

/** How much is worked on at the same time. */
export function lanesOf(settings: Settings): LaneOptions[] {
  const lanes: Record<(typeof LANE_OF)[JobKind], Omit<LaneOptions, 'kinds'>> = {
    // Scripts.
    create: { concurrency: 4, perPerson: 3 },
    // Segments. Most of that is waiting, for an answer or a rate limit; what needs the processor has the pool of ffmpeg. So one
    // draft that waits holds up no other, and nobody with many such drafts holds up others.
    collect: { concurrency: 12, perDraft: 5, perPerson: 9 },
    // So that a short that only needs joining does not wait for a long one that is encoded.
    finalize: { concurrency: 2 },
    ahead: { concurrency: settings.RENDER_CONCURRENCY },
    cleanup: { concurrency: 1 },
    // Each waits for somebody to enter a code, for up to half an hour.
    link: { concurrency: 20, perPerson: 2 },
    // Most of it is waiting for the network.
    upload: { concurrency: 2 },
    // Its ffmpegs wait for a place as others do.
    bundle: { concurrency: 1 },
    // Each waits for an answer, for some seconds at most, or for its film to be posted.
    webhook: { concurrency: 8, perPerson: 4 },
  }
  return Object.entries(lanes).map(([name, lane]) => ({
    ...lane,
    kinds: JOB_KINDS.filter((kind) => LANE_OF[kind] === name),
  }))
}

const [MINUTE, HOUR] = [60_000, 3_600_000]

/**
 * Milliseconds before each further attempt of a job that fails. Whoever is to be told of a film may be away for a night: what
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md has as an example, up to a day.
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

/** Bytes of the disk that have to stay free. */
export function minFreeBytesOf(settings: Settings): number {
  return settings.MIN_FREE_MB * MEGABYTE
}

/** What of the settings says what may be cleaned away. */
export function cleanupLimits(settings: Settings): CleanupLimits {
  return {
    draftTtlDays: settings.DRAFT_TTL_DAYS,
    outputTtlDays: settings.OUTPUT_TTL_DAYS,
    auditTtlDays: settings.AUDIT_TTL_DAYS,
    assetGraceHours: settings.ASSET_GRACE_HOURS,
    cacheMaxBytes: settings.CACHE_MAX_MB * MEGABYTE,
  }
}
