import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from '../../../db/database.ts'
import { JOB_KINDS, type Job, JobEntity } from '../../../db/entities/job.ts'

/** Counts and durations, for Prometheus. */
export interface Metrics {
  registry: Registry
  /** A command, button or form was acknowledged this many seconds after it arrived. */
  acknowledged(surface: string, seconds: number): void
  /** A provider failed. */
  providerFailed(provider: string, failure: string): void
}

/** Emits an event after each run of a job; `seconds` is null for a job that never started. */
export interface JobRuns {
  on(event: 'settled', listener: (job: Pick<Job, 'kind' | 'state'>, seconds: number | null) => void): unknown
}

/** In seconds: from a cached clip to a long video on a slow machine. */
const JOB_BUCKETS = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800]
/** In seconds: Discord and Slack wait for three. */
const ACKNOWLEDGEMENT_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5]

/** Observes jobs and counts what is reported to it. No label contains data of a draft or a person. */
export function createMetrics(db: Database, runs: JobRuns): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'rushes_jobs',
    help: 'Jobs that are waiting or running',
    labelNames: ['kind', 'state'],
    registers,
    async collect() {
      for (const kind of JOB_KINDS)
        for (const state of ['queued', 'running'] as const)
          this.set({ kind, state }, await db.fork().count(JobEntity, { kind, state }))
    },
  })
  const durations = new Histogram({
    name: 'rushes_job_seconds',
    help: 'How long each run of a job took, by its outcome (queued: it will be retried)',
    labelNames: ['kind', 'state'],
    buckets: JOB_BUCKETS,
    registers,
  })
  const acknowledgements = new Histogram({
    name: 'rushes_acknowledgement_seconds',
    help: 'Time from the arrival of an interaction to its first answer',
    labelNames: ['surface'],
    buckets: ACKNOWLEDGEMENT_BUCKETS,
    registers,
  })
  const failures = new Counter({
    name: 'rushes_provider_errors_total',
    help: 'Provider failures, after all retries',
    labelNames: ['provider', 'failure'],
    registers,
  })
  runs.on('settled', ({ kind, state }, seconds) => {
    if (seconds !== null) durations.observe({ kind, state }, seconds)
  })
  return {
    registry,
    acknowledged: (surface, seconds) => acknowledgements.observe({ surface }, seconds),
    providerFailed: (provider, failure) => failures.inc({ provider, failure }),
  }
}
