import { DraftEntity } from '../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { newestJob } from '../../db/queries/jobs.ts'
import { UserError } from '../model/errors.ts'
import type { Core } from './core.ts'
import { readPayload } from './payloads.ts'
import { type Seen, seenCondition } from './places.ts'
import type { EditScope } from './scope.ts'

/** A job with its draft's title; null if the draft is gone. */
export type ListedJob = Job & { title: string | null }

/** The renders of a workspace, of one of its drafts, or of those that a person may see; newest first. */
export async function listJobs(
  core: Core,
  workspace: string,
  options: { draftId?: string | undefined; seen?: Seen | undefined; skip?: number; limit?: number } = {},
): Promise<{ jobs: ListedJob[]; total: number }> {
  const { draftId, seen, skip = 0, limit = 20 } = options
  const em = core.db.fork()
  const shown = seen && seenCondition(seen)
  const conditions = [
    `j.workspace = ? and j.kind = 'finalize'`,
    ...(draftId === undefined ? [] : ['j.draft_id = ?']),
    ...(shown
      ? [`j.draft_id in (select d.draft_id from drafts d where d.workspace = ? and ${shown.sql})`]
      : []),
  ]
  const params = [
    workspace,
    ...(draftId === undefined ? [] : [draftId]),
    ...(shown ? [workspace, ...shown.params] : []),
  ]
  const from = `from job_history j where ${conditions.join(' and ')}`
  const rows: { id: number }[] = await em.execute(
    `select j.id ${from} order by j.created_at desc, j.id desc limit ? offset ?`,
    [...params, limit, skip],
  )
  const [counted] = await em.execute(`select count(*) as total ${from}`, params)
  const jobs = await em.find(
    JobEntity,
    { id: { $in: rows.map(({ id }) => id) } },
    { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] },
  )
  const drafts = await em.find(
    DraftEntity,
    { draftId: { $in: jobs.map(({ draftId }) => draftId ?? '') } },
    { fields: ['draftId', 'title'] },
  )
  const titles = new Map(drafts.map(({ draftId, title }) => [draftId, title]))
  return {
    jobs: jobs.map((job) => ({ ...job, title: titles.get(job.draftId ?? '') ?? null })),
    total: Number(counted?.total),
  }
}

/** A job of a draft. @throws UserError if there is none. */
export async function jobOfDraft(
  core: Pick<Core, 'db'>,
  workspace: string,
  draftId: string,
  jobId: string,
): Promise<Job> {
  const job = await core.db.fork().findOne(JobEntity, { jobId, draftId, workspace })
  if (!job) throw new UserError('job_not_found')
  return job
}

/** The first job of a kind that this person has requested for a draft since a given time; null for none. */
export async function firstJobSince(
  core: Pick<Core, 'db'>,
  { workspace, draftId, actor }: EditScope,
  kind: 'finalize' | 'upload',
  since: Date,
): Promise<string | null> {
  const asked = { workspace, draftId, kind, requesterId: actor.id } as const
  const where = { ...asked, createdAt: { $gte: since } }
  return (await core.db.fork().findOne(JobEntity, where, { orderBy: { id: 'asc' } }))?.jobId ?? null
}

/** When the last cleanup ran, and how many bytes it freed; null if there was none. */
export async function lastCleanup(core: Core): Promise<{ at: Date; bytes: number } | null> {
  const job = await newestJob(core.db.fork(), { kind: 'cleanup', state: 'done' })
  const bytes = readPayload('cleanup', job)?.freedBytes ?? null
  return job?.finishedAt && bytes !== null ? { at: job.finishedAt, bytes } : null
}
