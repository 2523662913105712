import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof JOB_STATES)[number]
export const JOB_KINDS = [
  'create',
  'collect',
  'clip',
  'sound',
  'finalize',
  'cleanup',
  'link',
  'upload',
  'bundle',
  'webhook',
] as const
export type JobKind = (typeof JOB_KINDS)[number]

export const JobEntity = defineEntity({
  name: 'Job',
  tableName: 'job_history',
  properties: {
    id: p.integer().primary(),
    jobId: p.string().length(50).unique(),
    kind: p.string().length(20).$type<JobKind>(),
    /** Only one job with a given key is queued or running at a time. */
    key: p.string().length(200).fieldName('job_key'),
    draftId: p.string().length(50).strictNullable().index(),
    workspace: p.string().length(100),
    state: p.string().length(20).$type<JobState>(),
    /** 0 to 1. */
    progress: p.float(),
    requesterId: p.string().length(100).strictNullable(),
    requesterName: p.string().length(100).strictNullable(),
    payload: p.json<Record<string, unknown>>(),
    /** Within a draft, jobs with a higher priority go first. */
    priority: p.integer(),
    /** How often it was started. */
    attempts: p.integer(),
    /** How often it failed since it was requested. */
    failures: p.integer().default(0),
    /** Not to be started before this moment, which is later than its creation after a failed attempt. */
    runAfter: p.datetime(),
    outputVideoPath: p.text().strictNullable(),
    /** Length of the finished video, in seconds. */
    outputDuration: p.float().strictNullable(),
    youtubeUrl: p.text().strictNullable(),
    /** Why it failed, as written by `storedFailure`. */
    error: p.text().strictNullable(),
    createdAt: p.datetime(),
    startedAt: p.datetime().strictNullable(),
    finishedAt: p.datetime().strictNullable(),
    updatedAt: p.datetime(),
  },
})

export type Job = InferEntity<typeof JobEntity>
