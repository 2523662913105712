import { mkdir } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Quotas } from '../core/admission.ts'
import { collectSegment, sayMissing } from '../core/assets/collect.ts'
import { collectPayload } from '../core/assets/request.ts'
import { CLEANUP_JOB, freeBytes } from '../core/assets/space.ts'
import { AssetStore } from '../core/assets/store.ts'
import { sweepLeftovers } from '../core/assets/sweep.ts'
import type { Core } from '../core/core.ts'
import { requestAllClips, runClip } from '../core/draft/clips.ts'
import { runCreate } from '../core/draft/create.ts'
import { endRender, rollBackOrphans } from '../core/draft/finalize.ts'
import { runFinalize } from '../core/draft/run-finalize.ts'
import { runSound } from '../core/draft/run-sound.ts'
import { DraftEvents } from '../core/events.ts'
import { findFfmpeg } from '../core/render/ffmpeg.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { JobEntity } from '../db/entities/job.ts'
import { type CleanupLimits, cleanUp, cleanupPayload } from '../jobs/cleanup.ts'
import { lockFolder } from '../jobs/lock.ts'
import { createMetrics, type Metrics, watchProviders } from '../jobs/metrics.ts'
import { type MetricsServer, serveMetrics } from '../jobs/metrics-server.ts'
import { SqliteQueue } from '../jobs/queue.ts'
import { runAt, type Schedule } from '../jobs/schedule.ts'
import { databaseFile, type Settings, SettingsError } from './config.ts'
import { createProviders, type ProviderSet } from './providers.ts'
import type { Bot } from './request.ts'
import { DraftThreads } from './thread/threads.ts'

/** The whole program without its surfaces. */
export interface Program {
  bot: Bot
  core: Core
  queue: SqliteQueue
  threads: DraftThreads
  /** Where `/healthz` and `/metrics` are served; null without METRICS_PORT. */
  metricsPort: number | null
  /** Takes up what was left by an earlier run, and starts to work. Surfaces are registered before. */
  start(): Promise<void>
  /** Finishes what is nearly done within `grace` milliseconds, hands back the rest, and closes everything. */
  stop(grace?: number): Promise<void>
}

export interface ComposeOptions {
  /** False to leave clips to the render itself; they are rendered ahead unless told. */
  rendersAhead?: boolean
  /** Instead of those that the settings ask for. */
  providers?: ProviderSet
  clock?: () => Date
  /** False when DATA_DIR is the caller's alone already; it is locked for this process unless told. */
  locksFolder?: boolean
  /** What a second process on the same folder is told that this one is. */
  what?: string
}

/** Jobs of a kind that the embedded and remote providers are asked to do at the same time. */
const COLLECTED_AT_ONCE = 4
/** So that a short that only needs joining does not wait for a long one that is encoded. */
const FINALIZED_AT_ONCE = 2
const MEGABYTE = 1024 ** 2
/** Milliseconds that a message which is being sent gets when the program stops. */
const SENDING = 1500

/**
 * Builds the program from its settings; the only place where everything meets.
 * @throws DatabaseError, LockError, MetricsError, SettingsError, UserError `ffmpeg_missing`: one line each for whoever starts it.
 */
export async function compose(
  settings: Settings,
  log: Logger,
  options: ComposeOptions = {},
): Promise<Program> {
  const { locksFolder = true, what = 'the bot' } = options
  await mkdir(settings.DATA_DIR, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new SettingsError(`DATA_DIR must be a folder that can be written to (${cause.code}).`, { cause })
  })
  const lock = locksFolder ? lockFolder(settings.DATA_DIR, what) : null
  try {
    const program = await composeUnlocked(settings, log, options)
    return { ...program, stop: (grace) => program.stop(grace).finally(() => lock?.release()) }
  } catch (error) {
    lock?.release()
    throw error
  }
}

async function composeUnlocked(settings: Settings, log: Logger, options: ComposeOptions): Promise<Program> {
  const composedAt = Date.now()
  let cleaning: Schedule | null = null
  const ffmpeg = await findFfmpeg({
    ffmpegPath: settings.FFMPEG_PATH ?? null,
    ffprobePath: settings.FFPROBE_PATH ?? null,
    concurrency: settings.RENDER_CONCURRENCY,
  })
  const db = await openDatabase(databaseFile(settings))
  const store = new AssetStore(settings.DATA_DIR)
  const { providers, close } = options.providers ?? createProviders(settings, { ffmpeg, store })
  const events = new DraftEvents()
  const clock = options.clock ?? (() => new Date())
  const queue = new SqliteQueue({
    db,
    events,
    log,
    clock,
    lanes: [
      { kinds: ['create'], concurrency: COLLECTED_AT_ONCE },
      { kinds: ['collect'], concurrency: COLLECTED_AT_ONCE },
      { kinds: ['finalize'], concurrency: FINALIZED_AT_ONCE },
      { kinds: ['clip', 'sound'], concurrency: settings.RENDER_CONCURRENCY },
      { kinds: ['cleanup'], concurrency: 1 },
    ],
    handlers: {
      create: (job, { signal }) => runCreate(core, job, signal),
      collect: (job, { signal }) => collectSegment(core, collectPayload(job).segmentId, signal),
      clip: (job, { signal }) => runClip(core, collectPayload(job).segmentId, signal),
      sound: (job, { signal }) => runSound(core, job, signal),
      finalize: (job, context) => runFinalize(core, job, context),
      cleanup: async ({ jobId, payload }) => {
        const limits = cleanupLimits(settings)
        const report = await cleanUp({ db, store, events, log, clock, jobs: queue, limits })
        await db.fork().nativeUpdate(JobEntity, { jobId }, { payload: cleanupPayload(report, payload) })
        // There may be room again for what drafts in review need.
        await requestAllClips(core)
      },
    },
    onFailed: async (job) => {
      if (job.kind === 'collect') await sayMissing(core, collectPayload(job).segmentId, job.error ?? '')
      if (job.kind === 'finalize') await endRender(core, job.draftId ?? '')
    },
  })
  const metrics = createMetrics(db, queue)
  const core: Core = {
    db,
    store,
    ffmpeg,
    providers: watchProviders(providers, (provider, failure) => metrics.providerFailed(provider, failure)),
    events,
    clock,
    log,
    jobs: queue,
    quotas: quotasOf(settings),
    footageClaims: new Set(),
    freeBytes: () => freeBytes(settings.DATA_DIR),
    minFreeBytes: settings.MIN_FREE_MB * MEGABYTE,
    rendersAhead: options.rendersAhead ?? true,
  }
  const threads = new DraftThreads({ core, log, ttlDays: settings.DRAFT_TTL_DAYS })
  const bot: Bot = {
    core,
    log,
    threads,
    acknowledged: metrics.acknowledged,
  }
  const closeAll = async () => {
    await close()
    await db.close()
  }
  const server = await serve(settings, metrics, db).catch(async (error) => {
    await closeAll()
    throw error
  })
  return {
    bot,
    core,
    queue,
    threads,
    metricsPort: server?.port ?? null,
    async start() {
      // Nobody else writes here; what was being written before this process is nobody's now.
      if (options.locksFolder !== false) await sweepLeftovers(store, composedAt)
      await queue.start()
      await rollBackOrphans(core)
      await requestAllClips(core)
      await threads.recover()
      cleaning = runAt(
        settings.CLEANUP_CRON,
        () => queue.enqueue(CLEANUP_JOB),
        (error) => log.error({ err: error }, 'the cleaning cannot be asked for'),
      )
    },
    async stop(grace = 0) {
      await cleaning?.stop()
      await queue.stop(grace)
      // What is sent longer than that (a large video) is found again at the next start.
      await Promise.race([threads.stop(), setTimeout(SENDING, null, { ref: false })])
      await server?.close()
      await closeAll()
    },
  }
}

/** Null without METRICS_PORT. */
async function serve(settings: Settings, { registry }: Metrics, db: Database): Promise<MetricsServer | null> {
  const { METRICS_PORT: port, METRICS_HOST: host } = settings
  if (port === undefined) return null
  const check = async () => void (await db.fork().count(JobEntity, { state: 'running' }))
  return serveMetrics({ host, port, registry, check })
}

function quotasOf(settings: Settings): Quotas {
  return {
    person: {
      openDrafts: settings.MAX_OPEN_DRAFTS ?? null,
      rendersPerHour: settings.MAX_RENDERS_PER_HOUR ?? null,
      videoSecondsPerDay: settings.MAX_VIDEO_SECONDS_PER_DAY ?? null,
    },
    workspace: {
      openDrafts: settings.MAX_OPEN_DRAFTS_PER_WORKSPACE ?? null,
      rendersPerHour: settings.MAX_RENDERS_PER_HOUR_PER_WORKSPACE ?? null,
      videoSecondsPerDay: settings.MAX_VIDEO_SECONDS_PER_DAY_PER_WORKSPACE ?? null,
    },
  }
}

/** What of the settings says what may be cleaned away. */
export function cleanupLimits(settings: Settings): CleanupLimits {
  return {
    draftTtlDays: settings.DRAFT_TTL_DAYS,
    outputTtlDays: settings.OUTPUT_TTL_DAYS,
    assetGraceHours: settings.ASSET_GRACE_HOURS,
    cacheMaxBytes: settings.CACHE_MAX_MB * MEGABYTE,
  }
}
