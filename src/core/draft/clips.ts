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

/** A render makes missing clips itself, and a finished draft needs none. */
const IN_REVIEW: Status[] = ['editing', 'assets_ready']
/**
 * In milliseconds, and the maximum number of drafts. Clips of drafts that have been idle longer, or come after this many
 * others, would only evict others' clips from the caches.
 */
const RECENT = { for: 48 * 3_600_000, most: 50 }
/** Milliseconds between two drafts that nobody is waiting for, which leaves the processor to people's requests. */
const PAUSE = 20

/**
 * Requests whatever a render of the draft will need and can already be made, if there is space. Jobs made stale by an edit
 * are cancelled, whether waiting or running. The preceding change is already saved and must not fail because of this, e.g.
 * because of a voice file that was deleted from the disk; the render itself will handle or report that.
 * @param only the changed segments, if no others can be affected.
 */
export async function requestClips(core: Core, draftId: string, only?: readonly number[]): Promise<void> {
  await request(core, draftId, only).catch((error: unknown) =>
    core.log.warn({ draft: draftId, err: error }, 'clips could not be queued ahead of a render'),
  )
}

/**
 * Same, for recently edited drafts, whose clips may have been evicted from the caches.
 * @param among restricts this to the given drafts.
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
 * Retries what could not be rendered ahead.
 * @throws UserError if the draft can't be edited now, or if the disk is nearly full.
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
  // Looked up first: jobs requested from here on are newer than the state read next, and therefore not stale.
  const active = await activeJobs(em, { draftId, kind: { $in: ['clip', 'sound'] } })
  const draft = await em.findOne(DraftEntity, { draftId })
  if (!draft || !isInReview(draft)) return
  const segments = await loadRenderable(em, draftId)
  // Files already made for another draft now count as this one's, too.
  const looked = only && [...only, ...edgesAndNeighbours(segments)]
  const ahead = await usingFiles(core, draftId, () => whatCanBeAhead(core, draft, segments, looked))
  const missing = (await hasSpace(core)) ? ahead.filter(({ isReady }) => !isReady) : []
  if (missing.length > 0)
    await core.db.transaction(async (em) => {
      // If a render has started in the meantime, no jobs must be left waiting unnoticed.
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
 * The clips of the first and the last segment depend on their position and on each other, so they change when segments are
 * added, removed or moved next to them.
 */
function edgesAndNeighbours(segments: readonly { id: number }[]): number[] {
  return [...segments.slice(0, 2), ...segments.slice(-2)].map(({ id }) => id)
}
