import { setTimeout } from 'node:timers/promises'
import { type Draft, DraftEntity, type Status } from '../../db/entities/draft.ts'
import { recentDrafts } from '../../db/queries/drafts.ts'
import { activeJobs } from '../../db/queries/jobs.ts'
import { isServed } from '../model/served.ts'
import { whatCanBeAhead } from './clip-jobs.ts'
import type { Core } from './core.ts'
import { usingFiles } from './draft-files.ts'
import { loadDraft, loadRenderable, requireEditable } from './load.ts'
import { payloadOf } from './payloads.ts'
import type { EditScope } from './scope.ts'
import { hasSpace, requireSpace } from './space.ts'

/** A render makes what it lacks itself, and a finished draft needs nothing. */
const IN_REVIEW: Status[] = ['editing', 'assets_ready']
/**
 * Milliseconds, and the most drafts. Clips of drafts that rest for longer, or behind so many others, would only push those of
 * others out of the caches.
 */
const RECENT = { for: 48 * 3_600_000, most: 50 }
/** Milliseconds between two drafts that nobody waits for, which leave the processor to what somebody does. */
const PAUSE = 20

/**
 * Asks for what a render of the draft will need and what can be made already, where there is room for it. What an edit has
 * made stale meanwhile is cancelled, waiting or running. What came before this has been saved and must not fail for it, e.g.
 * for a voice that somebody removed from the disk; the render itself will make up for that or say so.
 * @param only the segments that have changed, where no other can have.
 */
export async function requestClips(core: Core, draftId: string, only?: readonly number[]): Promise<void> {
  await request(core, draftId, only).catch((error: unknown) =>
    core.log.warn({ draft: draftId, err: error }, 'clips could not be queued ahead of a render'),
  )
}

/**
 * The same for the drafts that people have worked at lately: the caches may have lost what was ready.
 * @param among these drafts only, instead of all.
 */
export async function requestAllClips(
  core: Core,
  { among, signal }: { among?: readonly string[]; signal?: AbortSignal } = {},
): Promise<void> {
  if (!core.rendersAhead) return
  const since = new Date(core.clock().getTime() - RECENT.for)
  const which = { status: { $in: IN_REVIEW }, ...(among && { draftId: { $in: [...among] } }) }
  const drafts = await recentDrafts(core.db.fork(), which, since, RECENT.most)
  for (const { draftId, workspace } of drafts) {
    if (signal?.aborted) return
    if (!isServed(core.served, workspace)) continue
    await requestClips(core, draftId)
    await setTimeout(PAUSE)
  }
}

/**
 * Tries once more what could not be rendered ahead.
 * @throws UserError when the draft cannot be edited now, or the disk is nearly full.
 */
export async function retryClips(core: Core, { draftId, workspace }: EditScope): Promise<void> {
  const { draft } = await loadDraft(core.db.fork(), workspace, draftId)
  requireEditable(draft)
  await requireSpace(core)
  await request(core, draftId)
  core.events.changed(draftId)
}

/** True while a draft's clips and sound are rendered ahead. */
export function isInReview({ status }: Pick<Draft, 'status'>): boolean {
  return IN_REVIEW.includes(status)
}

async function request(core: Core, draftId: string, only?: readonly number[]): Promise<void> {
  if (!core.rendersAhead) return
  const em = core.db.fork()
  // Looked up first: what is asked for from here on is newer than the state that is read next, and not stale.
  const active = await activeJobs(em, { draftId, kind: { $in: ['clip', 'sound'] } })
  const draft = await em.findOne(DraftEntity, { draftId })
  if (!draft || !isInReview(draft)) return
  const segments = await loadRenderable(em, draftId)
  // What another draft has had made already is this one's as well from now on.
  const looked = only && [...only, ...edgesAndNeighbours(segments)]
  const ahead = await usingFiles(core, draftId, () => whatCanBeAhead(core, draft, segments, looked))
  const missing = (await hasSpace(core)) ? ahead.filter(({ isReady }) => !isReady) : []
  if (missing.length > 0)
    await core.db.transaction(async (em) => {
      // Of a render that has begun meanwhile, nothing must be left to wait behind its back.
      if ((await em.count(DraftEntity, { draftId, status: { $in: IN_REVIEW } })) === 0) return
      for (const { job } of missing) await core.jobs.enqueue(job, em)
    })
  const wanted = new Set(ahead.map(({ job }) => job.key))
  const unchanged = new Set(only && segments.map(({ id }) => id).filter((id) => !looked?.includes(id)))
  const stale = active.filter(
    (job) =>
      !wanted.has(job.key) && !(job.kind === 'clip' && unchanged.has(payloadOf('clip', job).segmentId)),
  )
  await Promise.all(stale.map(({ jobId }) => core.jobs.cancel(jobId)))
}

/**
 * The clips of the first and the last segment depend on where they stand and on each other, so that they change when others
 * come, go or move beside them.
 */
function edgesAndNeighbours(segments: readonly { id: number }[]): number[] {
  return [...segments.slice(0, 2), ...segments.slice(-2)].map(({ id }) => id)
}
