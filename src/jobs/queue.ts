import { EventEmitter } from 'node:events'
import type { Logger } from 'pino'
import type { Actor, JobQueue, NewJob } from '../core/core.ts'
import { newJobId } from '../core/draft/ids.ts'
import { UserError } from '../core/errors.ts'
import type { DraftEvents } from '../core/events.ts'
import { failureSentence } from '../core/failure.ts'
import type { Database } from '../db/database.ts'
import { type Job, JobEntity, type JobKind } from '../db/entities/job.ts'
import type { EntityManager } from '../db/types.ts'
import { chooseNext } from './choose-next.ts'

export interface JobContext {
  signal: AbortSignal
  /** Fraction done, 0 to 1. */
  onProgress: (fraction: number) => void
}

export type JobHandler = (job: Job, context: JobContext) => Promise<void>

/** Kinds that share a number of places; a lane full of slow jobs holds up no other. */
export interface Lane {
  kinds: readonly JobKind[]
  concurrency: number
}

export interface QueueOptions {
  db: Database
  events: DraftEvents
  log: Logger
  clock: () => Date
  lanes: readonly Lane[]
  handlers: Partial<Record<JobKind, JobHandler>>
}

const ACTIVE = ['queued', 'running'] as const
/** Times that a job is begun before it counts as failed. */
const MAX_ATTEMPTS = 3
/** Milliseconds before the second attempt; doubled for each one after. */
const BACKOFF = 2000
/** Milliseconds between two progress values that are written down. */
const PROGRESS_INTERVAL = 500

/** Milliseconds in which work must end once it is told to. */
const HEARING = 5000

interface Working {
  job: Job
  controller: AbortController
  done: Promise<void>
}

/**
 * Jobs as rows of the database, worked on by this process. Holds nothing that a restart would miss: what waits or
 * was at work is found again in the table.
 */
export class SqliteQueue extends EventEmitter<{ settled: [job: Job] }> implements JobQueue {
  readonly #options: QueueOptions
  readonly #working = new Map<string, Working>()
  readonly #served = new Map<string, number>()
  #started = false
  #pumping: Promise<void> | null = null
  #pumpAgain = false
  #timer: NodeJS.Timeout | null = null

  constructor(options: QueueOptions) {
    super()
    this.setMaxListeners(0)
    this.#options = options
  }

  async enqueue(job: NewJob, em?: EntityManager): Promise<string> {
    if (!em) {
      const jobId = await this.#options.db.transaction((em) => this.enqueue(job, em))
      return jobId
    }
    const present = await em.findOne(
      JobEntity,
      { key: job.key, state: { $in: [...ACTIVE] } },
      { fields: ['jobId'] },
    )
    if (present) return present.jobId
    const now = this.#options.clock()
    const jobId = newJobId(now)
    await em.insert(JobEntity, { ...rowOf(job), jobId, createdAt: now, updatedAt: now, runAfter: now })
    // The transaction is over before the pump gets the connection; if it is undone the pump finds nothing.
    setImmediate(() => this.#pump())
    return jobId
  }

  async cancel(jobId: string): Promise<boolean> {
    const { db, clock, events } = this.#options
    const now = clock()
    const stopped = await db
      .fork()
      .nativeUpdate(
        JobEntity,
        { jobId, state: { $in: [...ACTIVE] } },
        { state: 'cancelled', finishedAt: now, updatedAt: now },
      )
    const working = this.#working.get(jobId)
    working?.controller.abort('cancelled')
    await working?.done
    const job = await db.fork().findOne(JobEntity, { jobId })
    if (stopped === 1 && job && !working) this.emit('settled', job)
    if (job?.draftId) events.changed(job.draftId)
    return stopped === 1
  }

  async cancelDraft(draftId: string, kinds?: JobKind[]): Promise<void> {
    const active = await this.#options.db
      .fork()
      .find(
        JobEntity,
        { draftId, state: { $in: [...ACTIVE] }, ...(kinds && { kind: { $in: kinds } }) },
        { fields: ['jobId'] },
      )
    await Promise.all(active.map(({ jobId }) => this.cancel(jobId)))
  }

  /** Puts a failed job back into the queue, as new; false when it is not a failed one. */
  async retry(jobId: string, requester: Actor): Promise<boolean> {
    const now = this.#options.clock()
    const put = await this.#options.db.fork().nativeUpdate(
      JobEntity,
      { jobId, state: 'failed' },
      {
        state: 'queued',
        attempts: 0,
        error: null,
        progress: 0,
        runAfter: now,
        updatedAt: now,
        finishedAt: null,
        requesterId: requester.id,
        requesterName: requester.name,
      },
    )
    this.#pump()
    return put === 1
  }

  /** Takes back what a killed process had begun, and starts to work. */
  async start(): Promise<void> {
    const { db, clock } = this.#options
    const now = clock()
    const em = db.fork()
    await em.nativeUpdate(
      JobEntity,
      { state: 'running', attempts: { $gte: MAX_ATTEMPTS } },
      {
        state: 'failed',
        error: `The program ended ${MAX_ATTEMPTS} times while it worked on this.`,
        finishedAt: now,
        updatedAt: now,
      },
    )
    await em.nativeUpdate(JobEntity, { state: 'running' }, { state: 'queued', runAfter: now, updatedAt: now })
    this.#started = true
    this.#pump()
  }

  /**
   * Ends all work: what finishes within `grace` milliseconds is finished, the rest is handed back to the queue for the next start.
   */
  async stop(grace = 0): Promise<void> {
    this.#started = false
    if (this.#timer) clearTimeout(this.#timer)
    const all = Promise.all([...this.#working.values()].map(({ done }) => done))
    if (grace > 0) await Promise.race([all, new Promise((resolve) => setTimeout(resolve, grace).unref())])
    for (const { controller } of this.#working.values()) controller.abort('stopping')
    // Whoever does not hear the signal is taken back at the next start, as after a kill.
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, HEARING).unref())])
    await this.#pumping
  }

  /** Resolves when a draft (or everything) has no job that waits or works. */
  async idle(draftId?: string): Promise<void> {
    const where = { state: { $in: [...ACTIVE] }, ...(draftId !== undefined && { draftId }) }
    for (;;) {
      const settled = new Promise((resolve) => this.once('settled', resolve))
      if ((await this.#options.db.fork().count(JobEntity, where)) === 0) return
      await settled
    }
  }

  #pump(): void {
    if (!this.#started) return
    this.#pumpAgain = true
    this.#pumping ??= this.#pumpAll().finally(() => {
      this.#pumping = null
    })
  }

  async #pumpAll(): Promise<void> {
    while (this.#pumpAgain && this.#started) {
      this.#pumpAgain = false
      try {
        for (const lane of this.#options.lanes) await this.#fill(lane)
        await this.#wakeForNext()
      } catch (error) {
        this.#options.log.error({ err: error }, 'the job queue cannot read its table')
        this.#wakeIn(BACKOFF)
      }
    }
  }

  async #fill({ kinds, concurrency }: Lane): Promise<void> {
    const inLane = () => [...this.#working.values()].filter(({ job }) => kinds.includes(job.kind))
    while (this.#started && inLane().length < concurrency) {
      const now = this.#options.clock()
      const em = this.#options.db.fork()
      const waiting = await em.find(
        JobEntity,
        { state: 'queued', kind: { $in: [...kinds] }, runAfter: { $lte: now } },
        { orderBy: { id: 'asc' } },
      )
      const job = chooseNext(
        waiting,
        inLane().map(({ job }) => job),
        this.#served,
      )
      if (!job) return
      const claimed = await em.nativeUpdate(
        JobEntity,
        { jobId: job.jobId, state: 'queued' },
        { state: 'running', attempts: job.attempts + 1, startedAt: now, updatedAt: now },
      )
      if (claimed === 1) this.#begin({ ...job, state: 'running', attempts: job.attempts + 1, startedAt: now })
    }
  }

  #begin(job: Job): void {
    this.#served.set(job.draftId ?? '', this.#options.clock().getTime())
    const controller = new AbortController()
    const done = this.#run(job, controller.signal).finally(() => {
      this.#working.delete(job.jobId)
      this.#pump()
      this.emit('settled', job)
    })
    this.#working.set(job.jobId, { job, controller, done })
    if (job.draftId) this.#options.events.changed(job.draftId)
  }

  async #run(job: Job, signal: AbortSignal): Promise<void> {
    const { handlers, log } = this.#options
    const started = performance.now()
    try {
      const handler = handlers[job.kind]
      if (!handler) throw new Error(`there is nothing that works on jobs of the kind ${job.kind}`)
      await handler(job, { signal, onProgress: this.#progressOf(job) })
      await this.#end(job, { state: 'done', progress: 1, error: null })
      log.info(
        { job: job.jobId, kind: job.kind, draft: job.draftId, ms: Math.round(performance.now() - started) },
        'job done',
      )
    } catch (error) {
      await this.#endFailed(job, signal, error).catch((second) => {
        // The database itself is gone or full: the row stays `running` and is taken back at the next start.
        log.error({ job: job.jobId, err: second }, 'the end of a job cannot be written down')
      })
    }
  }

  async #endFailed(job: Job, signal: AbortSignal, error: unknown): Promise<void> {
    const { log, clock } = this.#options
    if (signal.reason === 'stopping')
      return this.#end(job, {
        state: 'queued',
        attempts: job.attempts - 1,
        startedAt: null,
        finishedAt: null,
      })
    if (signal.aborted) return this.#end(job, { state: 'cancelled', error: null })
    log.warn(
      { job: job.jobId, kind: job.kind, draft: job.draftId, attempt: job.attempts, err: error },
      'job failed',
    )
    // A sentence for people is an answer; trying again would only repeat it. A finalize has already rolled back.
    if (error instanceof UserError || job.kind === 'finalize' || job.attempts >= MAX_ATTEMPTS)
      return this.#end(job, { state: 'failed', error: failureSentence(error) })
    const runAfter = new Date(clock().getTime() + BACKOFF * 2 ** (job.attempts - 1))
    return this.#end(job, {
      state: 'queued',
      error: failureSentence(error),
      runAfter,
      startedAt: null,
      finishedAt: null,
    })
  }

  async #end(job: Job, fields: Partial<Job>): Promise<void> {
    const { db, clock, events } = this.#options
    const now = clock()
    await db.fork().nativeUpdate(
      JobEntity,
      // Whoever cancelled it has already said so in the row.
      { jobId: job.jobId, state: 'running' },
      { finishedAt: now, updatedAt: now, ...fields },
    )
    if (job.draftId) events.changed(job.draftId)
  }

  #progressOf(job: Job): (fraction: number) => void {
    let written = 0
    return (progress) => {
      const now = performance.now()
      if (now - written < PROGRESS_INTERVAL) return
      written = now
      const { db, clock, events } = this.#options
      db.fork()
        .nativeUpdate(JobEntity, { jobId: job.jobId, state: 'running' }, { progress, updatedAt: clock() })
        .then(
          () => job.draftId && events.changed(job.draftId),
          (error) =>
            this.#options.log.warn({ job: job.jobId, err: error }, 'progress cannot be written down'),
        )
    }
  }

  /** Jobs that wait for a moment after a failed attempt wake the pump when it comes. */
  async #wakeForNext(): Promise<void> {
    const [next] = await this.#options.db
      .fork()
      .find(
        JobEntity,
        { state: 'queued', runAfter: { $gt: this.#options.clock() } },
        { orderBy: { runAfter: 'asc' }, limit: 1 },
      )
    if (next) this.#wakeIn(Math.max(10, next.runAfter.getTime() - this.#options.clock().getTime()))
  }

  #wakeIn(milliseconds: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#pump(), milliseconds)
  }
}

function rowOf(job: NewJob) {
  return {
    kind: job.kind,
    key: job.key,
    draftId: job.draftId,
    workspace: job.workspace,
    state: 'queued' as const,
    progress: 0,
    requesterId: job.requester?.id ?? null,
    requesterName: job.requester?.name ?? null,
    payload: job.payload ?? {},
    priority: job.priority ?? 0,
    attempts: 0,
    outputVideoPath: null,
    outputDuration: null,
    youtubeUrl: null,
    error: null,
    startedAt: null,
    finishedAt: null,
  }
}
