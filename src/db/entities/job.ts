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
    /** Of the jobs with one key only one is queued or running at a time. */
    key: p.string().length(200).fieldName('job_key'),
    draftId: p.string().length(50).strictNullable().index(),
    workspace: p.string().length(100),
    state: p.string().length(20).$type<JobState>(),
    /** 0 to 1. */
    progress: p.float(),
    requesterId: p.string().length(100).strictNullable(),
    requesterName: p.string().length(100).strictNullable(),
    payload: p.json<Record<string, unknown>>(),
    /** Of the jobs of one draft, those with a higher one go first. */
    priority: p.integer(),
    /** Times that it was begun. */
    attempts: p.integer(),
    /** Times that it ended with an error since it was asked for. */
    failures: p.integer().default(0),
    /** Not before this moment; later than its making after a failed attempt. */
    runAfter: p.datetime(),
    outputVideoPath: p.text().strictNullable(),
    /** Seconds of the finished video. */
    outputDuration: p.float().strictNullable(),
    youtubeUrl: p.text().strictNullable(),
    /** Why it failed, as `storedFailure` writes it. */
    error: p.text().strictNullable(),
    createdAt: p.datetime(),
    startedAt: p.datetime().strictNullable(),
    finishedAt: p.datetime().strictNullable(),
    updatedAt: p.datetime(),
  },
})

export type Job = InferEntity<typeof JobEntity>
