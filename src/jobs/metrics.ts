import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { ProviderError } from '../core/errors.ts'
import type { Providers } from '../core/providers/types.ts'
import type { Database } from '../db/database.ts'
import { JOB_KINDS, JobEntity } from '../db/entities/job.ts'
import type { SqliteQueue } from './queue.ts'

/** What is counted and timed, for Prometheus. */
export interface Metrics {
  registry: Registry
  /** Somebody's command, button or form was acknowledged so many seconds after it came in. */
  acknowledged(surface: string, seconds: number): void
  /** A provider could not do its part. */
  providerFailed(provider: string, failure: string): void
}

/** Seconds: from a clip that was in the cache to a long video on a slow machine. */
const JOB_BUCKETS = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800]
/** Seconds: Discord and Slack wait for three. */
const ACKNOWLEDGEMENT_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5]

/** Watches the queue and counts what it is told. No label carries anything of a draft or a person. */
export function createMetrics(db: Database, queue: SqliteQueue): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'rushes_jobs',
    help: 'Jobs that wait or work',
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
    help: 'How long a run of a job took, by how it ended (queued: it is tried again)',
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
    help: 'What providers could not do',
    labelNames: ['provider', 'failure'],
    registers,
  })
  queue.on('settled', ({ kind, state }, seconds) => {
    if (seconds !== null) durations.observe({ kind, state }, seconds)
  })
  return {
    registry,
    acknowledged: (surface, seconds) => acknowledgements.observe({ surface }, seconds),
    providerFailed: (provider, failure) => failures.inc({ provider, failure }),
  }
}

/** The same providers; `onFailure` hears of every ProviderError that one of them answers with. */
export function watchProviders(
  providers: Providers,
  onFailure: (provider: string, failure: string) => void,
): Providers {
  const watch = <T extends object>(provider: T): T => watched(provider, onFailure)
  return {
    script: providers.script.map(watch),
    voice: providers.voice.map(watch),
    footage: providers.footage.map(watch),
    music: providers.music.map(watch),
  }
}

function watched<T extends object>(provider: T, onFailure: (provider: string, failure: string) => void): T {
  return new Proxy(provider, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        const answer: unknown = Reflect.apply(value, target, args)
        if (!(answer instanceof Promise)) return answer
        return answer.catch((error: unknown) => {
          if (error instanceof ProviderError) onFailure(error.provider, error.failure)
          throw error
        })
      }
    },
  })
}
