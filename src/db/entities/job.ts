import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof JOB_STATES)[number]
export const JOB_KINDS = ['create', 'collect', 'clip', 'sound', 'finalize'] as const
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
    draftId: p.string().length(50).nullable().index(),
    workspace: p.string().length(100),
    state: p.string().length(20).$type<JobState>(),
    /** 0 to 1. */
    progress: p.float(),
    requesterId: p.string().length(100).nullable(),
    requesterName: p.string().length(100).nullable(),
    payload: p.json<Record<string, unknown>>(),
    attempts: p.integer(),
    outputVideoPath: p.text().nullable(),
    /** Seconds of the finished video. */
    outputDuration: p.float().nullable(),
    youtubeUrl: p.text().nullable(),
    error: p.text().nullable(),
    createdAt: p.datetime(),
    startedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
    updatedAt: p.datetime(),
  },
})

export type Job = InferEntity<typeof JobEntity>
