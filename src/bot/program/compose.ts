import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import { ruleOf } from '../../core/draft/approval-rules.ts'
import { requestAllClips } from '../../core/draft/clips.ts'
import type { Core } from '../../core/draft/core.ts'
import { fileWord } from '../../core/draft/file-links.ts'
import { rollBackOrphans } from '../../core/draft/render.ts'
import { CLEANUP_JOB, freeBytes } from '../../core/draft/space.ts'
import type { Ffmpeg } from '../../core/media/ffmpeg/ffmpeg.ts'
import { LocalStore } from '../../core/media/store/local-store.ts'
import { makeFolder } from '../../core/media/store/make-folder.ts'
import { ENGLISH_UNUSABLE } from '../../core/model/unusable.ts'
import { type Pipeline, sayFailed, workOn } from '../../core/pipeline/handlers.ts'
import { sweepLeftovers } from '../../core/pipeline/sweep.ts'
import { openDatabase } from '../../db/database.ts'
import { lockFolder } from '../../jobs/lock.ts'
import { SqliteQueue } from '../../jobs/queue.ts'
import { runAt, type Schedule } from '../../jobs/schedule.ts'
import type { Bot } from '../handlers/request.ts'
import type { StartSurface } from '../surfaces/surface.ts'
import { LOCAL } from '../surfaces/web/local.ts'
import { isLoopback } from '../surfaces/web/origins.ts'
import { DraftThreads } from '../thread/threads.ts'
import { databaseFile, type Settings, SettingsError } from './config.ts'
import { ConnectedSurfaces } from './connected-surfaces.ts'
import { sealerFor } from './credentials-key.ts'
import { ffmpegFor } from './find-ffmpeg.ts'
import { budgetsOf, cleanupLimits, lanesOf, minFreeBytesOf, quotasOf, WAITS } from './limits.ts'
import { LocalCheckedFiles } from './local/checked-files.ts'
import { LocalClaims } from './local/claims.ts'
import { LocalEvents } from './local/events.ts'
import { SurfaceMembers } from './local/members.ts'
import { LocalPresence } from './local/presence.ts'
import { LocalRates } from './local/rates.ts'
import { SurfaceReviewers } from './local/reviewers.ts'
import { LocalTurns } from './local/turns.ts'
import { createHealth } from './metrics/health.ts'
import { serveMetrics } from './metrics/server.ts'
import { watchProviders } from './metrics/watch-providers.ts'
import { platformsFor } from './platforms.ts'
import { makePrivate } from './private-files.ts'
import { createProviders, type ProviderSet } from './providers.ts'
import { strangersNote } from './strangers-note.ts'
import { webhooksFor } from './webhooks.ts'

/** The whole program without its surfaces. */
export interface Program {
  bot: Bot
  core: Core
  queue: SqliteQueue
  threads: DraftThreads
  /** The port serving `/healthz` and `/metrics`; null without METRICS_PORT. */
  metricsPort: number | null
  /** Connects a platform. @throws SurfaceError, or the abort reason of `stop`. */
  connect(start: StartSurface, stop?: AbortSignal): Promise<void>
  /** What an admin should know about the platforms, one line each. */
  notes(): string[]
  /** Resumes what an earlier run left unfinished, and starts working. Platforms must be connected before. */
  start(): Promise<void>
  /**
   * Accepts nothing new, finishes what can be finished within `grace` milliseconds, requeues the rest, and closes
   * everything. Failures to close something are logged, and everything else is closed anyway.
   */
  stop(grace?: number): Promise<void>
}

export interface ComposeOptions {
  /** False to leave clips to the render itself; by default they are rendered ahead. */
  rendersAhead?: boolean
  /** Replaces the providers chosen by the settings. */
  providers?: ProviderSet
  /** An ffmpeg found earlier, to skip the search. */
  ffmpeg?: Ffmpeg
  clock?: () => Date
  /** False if the caller already has DATA_DIR to itself; by default it is locked for this process. */
  locksFolder?: boolean
  /** How a second process on the same folder refers to this one. */
  what?: string
}

/** Milliseconds that messages being sent are given when the program stops. */
const SENDING = 1500

/**
 * Builds the program from its settings; the only place where all parts meet.
 * @throws DatabaseError, LockError, MetricsError, SettingsError, UserError `ffmpeg_missing`: each a one-line message for
 * the person who starts it.
 */
export async function compose(
  settings: Settings,
  log: Logger,
  options: ComposeOptions = {},
): Promise<Program> {
  const { locksFolder = true, what = 'the bot' } = options
  // Checked before anything is written: without ffmpeg, no folder with nothing but a lock in it should be left behind.
  const ffmpeg = options.ffmpeg ?? (await ffmpegFor(settings))
  await makeFolder(settings.DATA_DIR).catch((cause: NodeJS.ErrnoException) => {
    throw new SettingsError(`DATA_DIR must be a folder that can be written to (${cause.code}).`, { cause })
  })
  await makePrivate(settings.DATA_DIR, databaseFile(settings), (sentence) => log.warn(sentence))
  const lock = locksFolder ? lockFolder(settings.DATA_DIR, what) : null
  try {
    const program = await composeUnlocked(settings, log, ffmpeg, options)
    return { ...program, stop: (grace) => program.stop(grace).finally(() => lock?.release()) }
  } catch (error) {
    lock?.release()
    throw error
  }
}

async function composeUnlocked(
  settings: Settings,
  log: Logger,
  ffmpeg: Ffmpeg,
  options: ComposeOptions,
): Promise<Program> {
  const composedAt = Date.now()
  let cleaning: Schedule | null = null
  let ahead: Promise<void> = Promise.resolve()
  const stopping = new AbortController()
  const db = await openDatabase(databaseFile(settings))
  const store = new LocalStore(settings.DATA_DIR)
  const { providers, close } =
    options.providers ??
    (await createProviders(settings, { ffmpeg, store }, (folder, { name, why }) =>
      log.warn({ folder, file: name, reason: ENGLISH_UNUSABLE[why] }, 'a file in a folder cannot be used'),
    ))
  const events = new LocalEvents()
  const reviewers = new SurfaceReviewers()
  const smallUploads = new Set<string>()
  const clock = options.clock ?? (() => new Date())
  // People at this machine aren't strangers.
  const served = settings.ALLOWED_WORKSPACES ? [...settings.ALLOWED_WORKSPACES, LOCAL.workspace] : null
  const queue = new SqliteQueue({
    db,
    events,
    log,
    clock,
    served,
    lanes: lanesOf(settings),
    waits: WAITS,
    work: (job, context) => workOn(pipeline, job, context),
    onFailed: (job) => sayFailed(pipeline, job),
  })
  const { METRICS_PORT: port, METRICS_HOST: host } = settings
  // Without a port nobody could read what is counted.
  const metrics = port === undefined ? null : (await import('./metrics/registry.ts')).createMetrics(db, queue)
  const sealer = sealerFor(settings)
  // Without WEB_URL, or with one that points to this machine, nobody else can reach the studio.
  const at = settings.WEB_URL && !isLoopback(new URL(settings.WEB_URL).hostname) ? settings.WEB_URL : null
  const core: Core = {
    db,
    store,
    ffmpeg,
    providers: metrics ? watchProviders(providers, metrics.providerFailed) : providers,
    events,
    clock,
    log,
    jobs: queue,
    quotas: quotasOf(settings),
    budgets: budgetsOf(settings),
    served,
    turns: new LocalTurns(),
    footageClaims: new LocalClaims(),
    smallUploads,
    reviewers,
    checkedFiles: new LocalCheckedFiles(),
    freeBytes: () => freeBytes(settings.DATA_DIR),
    minFreeBytes: minFreeBytesOf(settings),
    rendersAhead: options.rendersAhead ?? true,
    platforms: platformsFor(settings, clock),
    approvalsNeeded: async (em, draft) => (await ruleOf(em, draft)).needed,
    sealer,
    links: {
      studio: (draftId) => at && `${at}/draft/${draftId}`,
      file: (draftId, file) => at && `${at}/shared/${fileWord(sealer, clock(), draftId, file)}`,
      message: (draftId, render) => threads.filmLink(draftId, render),
      thread: (draftId) => threads.link(draftId),
    },
    webhooks: webhooksFor(settings),
  }
  const pipeline: Pipeline = { core, cleanup: cleanupLimits(settings), stopping: stopping.signal }
  const threads = new DraftThreads({ core, log, ttlDays: settings.DRAFT_TTL_DAYS })
  const bot: Bot = {
    core,
    log,
    threads,
    reviewers,
    members: new SurfaceMembers(),
    rates: new LocalRates(),
    presence: new LocalPresence(),
    studio: { origin: null, isPublic: false, isLocal: false },
    smallUploads,
    ttlDays: settings.DRAFT_TTL_DAYS,
    acknowledged: metrics?.acknowledged ?? (() => undefined),
  }
  const surfaces = new ConnectedSurfaces()
  let isWorking = false
  const health = createHealth({
    ...{ db, log, now: clock, freeBytes: core.freeBytes },
    isWorking: () => isWorking,
    down: () => surfaces.down(),
    idleFor: (kind) => queue.idleFor(kind),
  })
  const onError = (error: Error) => log.warn({ err: error }, 'the metrics cannot be served')
  const serving =
    port !== undefined && metrics
      ? serveMetrics({ ...{ host, port, health, onError }, registry: metrics.registry })
      : null
  const server = await serving?.catch(async (error) => {
    await close()
    await db.close()
    throw error
  })
  return {
    bot,
    core,
    queue,
    threads,
    metricsPort: server?.port ?? null,
    connect: (start, stop) => surfaces.add(start(bot), stop),
    notes: () => [...surfaces.notes(), ...strangersNote(settings)],
    async start() {
      // Nobody else writes here, so unfinished files from before this process belong to nobody.
      if (options.locksFolder !== false) await sweepLeftovers(store, composedAt)
      await queue.start()
      await rollBackOrphans(core)
      const among = await threads.recover()
      // Nobody is waiting for these, and they shouldn't delay the first request either.
      ahead = requestAllClips(core, { among, signal: stopping.signal }).catch((error) =>
        log.error({ err: error }, 'could not look up what can be rendered in advance'),
      )
      cleaning = runAt(
        settings.CLEANUP_CRON,
        () => queue.enqueue(CLEANUP_JOB),
        (error) => log.error({ err: error }, 'a cleanup could not be scheduled'),
      )
      isWorking = true
    },
    async stop(grace = 0) {
      isWorking = false
      stopping.abort()
      const steps = [
        async () => cleaning?.stop(),
        () => ahead,
        // Running handlers still have the database, the queue and their platform.
        () => Promise.all([surfaces.refuse(), queue.stop(grace)]),
        // Anything that takes longer to send (a large video) is found again at the next start.
        () => Promise.race([threads.stop(), setTimeout(SENDING, null, { ref: false })]),
        () => surfaces.stop(),
        async () => server?.close(),
        close,
        () => db.close(),
      ]
      for (const step of steps)
        await step().catch((error: unknown) => log.error({ err: error }, 'a step of shutting down failed'))
    },
  }
}
