import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import PQueue from 'p-queue'
import type { JobQueue, NewJob } from '../core/model/jobs.ts'
import type { Actor } from '../core/model/people.ts'
import { type Job, JobEntity, type JobKind } from '../db/entities/job.ts'
import { activeJobs, countActiveJobs } from '../db/queries/jobs.ts'
import type { EntityManager } from '../db/types.ts'
import { chooseNext } from './choose-next.ts'
import {
  cancelJob,
  claimJob,
  endJob,
  insertAgain,
  insertJob,
  nextMoment,
  pullForward,
  takeBack,
  waitingJobs,
  waitingKinds,
} from './job-rows.ts'
import { type Lane, lanesOf, type Working } from './lanes.ts'
import { BACKOFF, MAX_STARTS, outcomeOf, STOPPING } from './outcome.ts'
import { isOwner, takeOver } from './ownership.ts'
import { Persistence } from './persistence.ts'
import type { QueueEvents, QueueOptions } from './queue-options.ts'
import { within } from './within.ts'

/** Milliseconds between saved progress values. */
const PROGRESS_INTERVAL = 500
/** Milliseconds that work has to end after its signal is aborted. */
const HEARING = 2000
/** Default milliseconds between checks for rows marked `running` that this process isn't running. */
const CHECK = 15_000

/**
 * Jobs as rows of the database, run by this process. Holds nothing that a restart would lose: waiting and interrupted jobs are
 * found again in the table.
 */
export class SqliteQueue extends EventEmitter<QueueEvents> implements JobQueue {
  readonly #options: QueueOptions
  readonly #lanes: Lane[]
  /** Only one read of the table at a time. */
  readonly #looks = new PQueue({ concurrency: 1 })
  readonly #working = new Map<string, Working>()
  #started = false
  #stopped = false
  #timer: NodeJS.Timeout | null = null
  readonly #persistence: Persistence
  readonly #name = randomUUID()
  /** By `performance.now()`. */
  #checkedAt = 0

  constructor(options: QueueOptions) {
    super()
    this.setMaxListeners(0)
    this.#options = options
    this.#lanes = lanesOf(options.lanes)
    this.#persistence = new Persistence(options.log)
  }

  async enqueue(job: NewJob, em?: EntityManager): Promise<string> {
    const { db, clock } = this.#options
    const insert = async (em: EntityManager) => {
      await this.#writeEndings(em, ({ key }) => key === job.key)
      return insertJob(em, job, clock())
    }
    const jobId = await (em ? insert(em) : db.transaction(insert))
    // A caller's transaction ends before the pump gets the connection; if it was rolled back, the pump finds nothing.
    setImmediate(() => this.#pump())
    return jobId
  }

  async cancel(jobId: string, also?: (em: EntityManager) => Promise<void>): Promise<boolean> {
    const { db, clock, events } = this.#options
    const job = await cancelJob(db, jobId, clock(), also)
    const working = this.#working.get(jobId)
    working?.controller.abort('cancelled')
    this.#persistence.hurry()
    await working?.done
    if (job && !working) this.emit('settled', { ...job, state: 'cancelled' }, null)
    if (job?.draftId) events.changed(job.draftId)
    return job !== null
  }

  async cancelDraft(draftId: string, kinds?: JobKind[]): Promise<void> {
    const which = { draftId, ...(kinds && { kind: { $in: kinds } }) }
    const active = await activeJobs(this.#options.db.fork(), which)
    await Promise.all(active.map(({ jobId }) => this.cancel(jobId)))
  }

  async retry(jobId: string, requester: Actor, em?: EntityManager): Promise<boolean> {
    const { db, clock } = this.#options
    const insert = async (em: EntityManager) => {
      await this.#writeEndings(em, (job) => job.jobId === jobId)
      return insertAgain(em, jobId, requester, clock())
    }
    const isBack = await (em ? insert(em) : db.transaction(insert))
    setImmediate(() => this.#pump())
    return isBack
  }

  /** Requeues the jobs that a killed process had started, and starts working. A stopped queue stays stopped. */
  async start(): Promise<void> {
    await takeOver(this.#options.db, this.#name, this.#options.clock())
    await this.#takeBack()
    for (const lane of this.#lanes) lane.idleSince = performance.now()
    this.#started = !this.#stopped
    this.#pump()
  }

  /**
   * Stops all work: jobs that finish within `grace` milliseconds are finished, the rest are requeued for the next start.
   */
  async stop(grace = 0): Promise<void> {
    this.#stopped = true
    this.#started = false
    this.#persistence.stop()
    await this.#looks.onIdle()
    if (this.#timer) clearTimeout(this.#timer)
    const all = Promise.all([...this.#working.values()].map(({ done }) => done))
    if (grace > 0) await within(grace, all)
    for (const { controller } of this.#working.values()) controller.abort(STOPPING)
    // Work that ignores the signal is requeued at the next start, as after a kill.
    await within(HEARING, all)
  }

  /**
   * Resolves when a draft (or the whole queue) has no waiting or running job, and all listeners have been notified of the
   * last one.
   */
  async idle(draftId?: string): Promise<void> {
    const which = draftId === undefined ? {} : { draftId }
    for (;;) {
      const settled = new Promise((resolve) => this.once('settled', resolve))
      const left = await countActiveJobs(this.#options.db.fork(), which)
      // A job's row says that it has ended before the events do.
      const working = [...this.#working.values()].filter(({ job }) => !draftId || job.draftId === draftId)
      if (left === 0 && working.length === 0) return
      await settled
    }
  }

  /** Milliseconds since a job of this kind, or of its lane, last ran; 0 while one is running. */
  idleFor(kind: JobKind): number {
    const lane = this.#lanes.find(({ kinds }) => kinds.includes(kind))
    return !lane || lane.running.pending > 0 ? 0 : performance.now() - lane.idleSince
  }

  #pump(): void {
    // The read that is already waiting will see what this one would see.
    if (this.#started && this.#looks.size === 0) void this.#looks.add(() => this.#look())
  }

  async #look(): Promise<void> {
    const { db, clock, log } = this.#options
    try {
      const checkEvery = this.#options.checkEvery ?? CHECK
      if (performance.now() - this.#checkedAt >= checkEvery) await this.#check()
      // The same for the whole look: the clock may be set back at any moment, and what may start only after it is what the
      // timer waits for.
      const now = clock()
      await pullForward(db, now, this.#options.waits)
      const waiting = await waitingKinds(db, now)
      for (const lane of this.#lanes) if (lane.kinds.some((kind) => waiting.has(kind))) await this.#fill(lane)
      const next = await nextMoment(db, now)
      const wait = next ? Math.min(checkEvery, next.getTime() - now.getTime()) : checkEvery
      this.#wakeIn(Math.max(10, wait))
    } catch (error) {
      log.error({ err: error }, 'the job queue cannot read its table')
      this.#wakeIn(BACKOFF)
    }
  }

  /** Checks for abandoned jobs, unless another queue owns the jobs now: then nothing more is started here. */
  async #check(): Promise<void> {
    const { db, log } = this.#options
    if (await isOwner(db, this.#name)) return this.#takeBack()
    log.error("another process has taken over this database's jobs")
    this.#started = false
  }

  /** Requeues jobs marked as running that don't run here; those that ended up so too often fail. */
  async #takeBack(): Promise<void> {
    const { db, clock, onFailed } = this.#options
    this.#checkedAt = performance.now()
    const atWork = (jobId: string) => this.#working.has(jobId)
    for (const job of await takeBack(db, atWork, MAX_STARTS, clock())) {
      await this.#persistence.until(async () => onFailed?.(job))
      if (job.draftId) this.#options.events.changed(job.draftId)
    }
  }

  /** Which job is next depends on what is running at that moment, so none is chosen before a slot is free. */
  async #fill(lane: Lane): Promise<void> {
    const { db, clock, served = null } = this.#options
    const { kinds, running, caps, lately } = lane
    while (this.#started && running.pending < running.concurrency) {
      const working = [...this.#working.values()].map(({ job }) => job)
      const inLane = working.filter(({ kind }) => kinds.includes(kind))
      // A job that was cancelled and requested again starts once its earlier run has ended.
      const waiting = await waitingJobs(db, kinds, clock(), { except: [...this.#working.keys()], served })
      const next = chooseNext(waiting, inLane, lately, caps)
      if (!next) return
      const job = await claimJob(db, next.jobId, clock())
      if (!job) continue
      lately.beganJob(job)
      this.#begin(job, lane)
    }
  }

  #begin(job: Job, lane: Lane): void {
    const { events } = this.#options
    const controller = new AbortController()
    const began = performance.now()
    const run = lane.running.add(() => this.#run(job, controller.signal))
    const done = run.then((ended) => {
      this.#working.delete(job.jobId)
      lane.idleSince = performance.now()
      this.#pump()
      this.emit('settled', ended, (performance.now() - began) / 1000)
    })
    this.#working.set(job.jobId, { job, controller, done })
    if (job.draftId) events.changed(job.draftId)
  }

  /** @returns the job as it ended, according to its row. */
  async #run(job: Job, signal: AbortSignal): Promise<Job> {
    const { work, log, clock } = this.#options
    const began = performance.now()
    const about = () => ({
      ...{ job: job.jobId, kind: job.kind, draft: job.draftId, attempt: job.attempts },
      ms: Math.round(performance.now() - began),
    })
    let ending: Partial<Job> = { state: 'done', progress: 1, error: null }
    try {
      await work(job, { signal, onProgress: this.#progressOf(job) })
    } catch (error) {
      if (!signal.aborted) log.warn({ ...about(), err: error }, 'job failed')
      ending = outcomeOf(job, signal, error, clock(), this.#options.waits?.[job.kind])
    }
    try {
      const ended = await this.#end(job, ending)
      if (ending.state === 'done') log.info(about(), 'job done')
      return ended
    } catch (error) {
      // The row stays `running` and is requeued, by this process or at the next start.
      log.error({ ...about(), err: error }, 'the outcome of a job could not be saved')
      return job
    }
  }

  /** Records how a job ended. Until that is saved the job counts as running, so it isn't run again. */
  async #end(job: Job, ending: Partial<Job>): Promise<Job> {
    const { db, clock, events, onFailed } = this.#options
    const working = this.#working.get(job.jobId)
    if (working) working.ending = ending
    // A cancellation is already in the row.
    const isOurs = await this.#persistence.until(() => endJob(db.fork(), job.jobId, ending, clock()))
    const ended: Job = isOurs ? { ...job, ...ending } : { ...job, state: 'cancelled' }
    if (ended.state === 'failed') await this.#persistence.until(async () => onFailed?.(ended))
    if (job.draftId) events.changed(job.draftId)
    return ended
  }

  /** For a job that is requested again before its end could be saved: both are then saved together. */
  async #writeEndings(em: EntityManager, isMeant: (job: Job) => boolean): Promise<void> {
    for (const { job, ending } of this.#working.values())
      if (ending && isMeant(job)) await endJob(em, job.jobId, ending, this.#options.clock())
    this.#persistence.hurry()
  }

  #progressOf(job: Job): (fraction: number) => void {
    const { db, clock, events, log } = this.#options
    let written = 0
    return (progress) => {
      const now = performance.now()
      if (now - written < PROGRESS_INTERVAL) return
      written = now
      db.fork()
        .nativeUpdate(JobEntity, { jobId: job.jobId, state: 'running' }, { progress, updatedAt: clock() })
        .then(
          () => job.draftId && events.changed(job.draftId),
          (error) => log.warn({ job: job.jobId, err: error }, 'progress could not be saved'),
        )
    }
  }

  /** Wakes the pump when the next job delayed by a failed attempt may start. */
  #wakeIn(milliseconds: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#pump(), Math.min(milliseconds, 2 ** 31 - 1))
  }
}
