import { approvalsShown } from '../../core/draft/approvals.ts'
import { clipProblems } from '../../core/draft/clip-problems.ts'
import { isInReview } from '../../core/draft/clips.ts'
import { isComplete } from '../../core/draft/completeness.ts'
import type { Core } from '../../core/draft/core.ts'
import { type Creation, creationOf } from '../../core/draft/creation.ts'
import { creditsOf } from '../../core/draft/credits.ts'
import { undoState } from '../../core/draft/history.ts'
import { loadRenderable } from '../../core/draft/load.ts'
import { notesOf, proposalsOf } from '../../core/draft/notes/read-notes.ts'
import { readPayload } from '../../core/draft/payloads.ts'
import { isFetchingPick } from '../../core/draft/picks.ts'
import { channelAfterRender } from '../../core/draft/upload/after-render.ts'
import { uploadShown } from '../../core/draft/upload/upload-view.ts'
import type { ApprovalsView, CreatingView } from '../../core/model/read-models.ts'
import { addressesIn } from '../../core/model/text/addresses.ts'
import { estimateCost } from '../../core/providers/prices.ts'
import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import type { Job } from '../../db/entities/job.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { countActiveJobs, newestJob } from '../../db/queries/jobs.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Shown, ShownVideo } from '../view/shown.ts'

/** Same, with the entities from which the thread makes pictures and clips. */
export type LoadedDraft = Shown<Draft, Segment>

const DAY = 24 * 3_600_000

/**
 * Loads everything that a draft's thread shows; null if the draft is gone.
 * @param ttlDays days after which an untouched draft is removed; null if that isn't shown.
 */
export async function loadShown(
  core: Core,
  draftId: string,
  ttlDays: number | null,
): Promise<LoadedDraft | null> {
  const em = core.db.fork()
  const draft = await em.findOne(DraftEntity, { draftId }, { exclude: ['contentPlanJson'] })
  const creation = await creationOf(em, draftId)
  const creating = creatingOf(creation)
  if (!draft) return creating && creating.state !== 'done' ? { ...EMPTY, draftId, creating } : null
  const wasWritten = creating === null || creating.state === 'done' || creating.state === 'cancelled'
  const shown = draft as Draft
  const segments = await segmentsOf(em, draftId)
  const renders = { draftId, kind: 'finalize' } as const
  const approvals = await approvalsShown(core, em, shown, segments)
  const rendered = await newestJob(em, { ...renders, state: 'done', outputVideoPath: { $ne: null } })
  return {
    draftId,
    draft: shown,
    segments,
    isCollecting: isInReview(shown) && (await countActiveJobs(em, { draftId, kind: 'collect' })) > 0,
    // Set while the script of a draft that has an outline is being rewritten.
    creating: wasWritten ? null : creating,
    isOwnScript: Boolean(creation?.asked?.request.script),
    clipProblems: isInReview(shown) ? await clipProblems(core, shown, segments) : [],
    render: await newestJob(em, renders),
    video: rendered && (await videoOf(core, rendered, shown, segments)),
    ...(await undoState(em, draftId, shown.revision)),
    expiresInDays: expiresInDays(core, shown, ttlDays),
    cost: costOf(shown),
    approvals,
    uploadsTo: isInReview(shown) ? await channelAfterRender(core, em, shown) : null,
    ready: await readinessOf(em, shown, segments, approvals),
    notes: await notesOf(em, draftId, segments),
    proposals: await proposalsOf(em, draftId, segments),
  }
}

/** Whether a render would start now, or why it would be refused or have to wait. */
async function readinessOf(
  em: EntityManager,
  { draftId, status }: Draft,
  segments: readonly Segment[],
  { needed, standing }: ApprovalsView,
): Promise<Shown['ready']> {
  const isMaking = async () =>
    (await countActiveJobs(em, { draftId, kind: { $in: ['collect', 'create'] } })) > 0
  if (status === 'converting' || (await isFetchingPick(em, draftId))) return { isReady: false, why: 'making' }
  if (!segments.every(isComplete)) return { isReady: false, why: (await isMaking()) ? 'making' : 'missing' }
  return standing < needed ? { isReady: false, why: 'approvals' } : { isReady: true }
}

function creatingOf(creation: Creation | null): CreatingView | null {
  if (!creation) return null
  const { topic = null, script, language = null } = creation.asked?.request ?? {}
  return { ...creation.job, topic, hasScript: Boolean(script), language }
}

const EMPTY = {
  draft: null,
  segments: [],
  isCollecting: false,
  isOwnScript: false,
  clipProblems: [],
  render: null,
  video: null,
  canUndo: false,
  canRedo: false,
  expiresInDays: null,
  cost: null,
  uploadsTo: null,
  approvals: { needed: 0, roleName: null, by: [], standing: 0, film: 0 },
  ready: { isReady: false, why: 'making' } as const,
  notes: [],
  proposals: [],
}

/**
 * Reads a segment's candidates only if the first of them isn't the footage that the segment shows: the candidates of a long
 * draft are almost a megabyte, and its thread is updated many times.
 */
async function segmentsOf(em: EntityManager, draftId: string): Promise<Segment[]> {
  const rows: { id: number; candidates: string }[] = await em.execute(
    `select id, candidates from draft_segments where draft_id = ? and video_local_path is not null
       and (json_extract(candidates, '$[0].provider') <> video_provider
         or json_extract(candidates, '$[0].id') <> video_id)`,
    [draftId],
  )
  const found = new Map(rows.map(({ id, candidates }) => [id, candidates]))
  return (await loadRenderable(em, draftId)).map((segment) =>
    Object.assign(segment, { candidates: JSON.parse(found.get(segment.id) ?? '[]') }),
  )
}

async function videoOf(core: Core, job: Job, draft: Draft, segments: Segment[]): Promise<ShownVideo | null> {
  const path = job.outputVideoPath
  if (path === null) return null
  const bytes = await core.store.size(path)
  if (bytes === null) return null
  const { music = null, musicError = null } = readPayload('finalize', job) ?? {}
  const links = segments.flatMap(({ text }) => addressesIn(text).map(({ address }) => address))
  const credits = creditsOf(music, segments)
  const upload = await uploadShown(core, draft, job.jobId)
  return {
    ...{ job, people: peopleOf(draft, job), path, bytes, credits, links: [...new Set(links)], musicError },
    canUpload: upload !== null && upload.upload === null,
  }
}

/** Author and requester, without people whose identity was erased. */
function peopleOf(
  { authorId, authorName }: Draft,
  { requesterId, requesterName }: Job,
): ShownVideo['people'] {
  const people = [
    { id: authorId, name: authorName },
    { id: requesterId ?? '', name: requesterName ?? '' },
  ]
  return [...new Map(people.map((person) => [person.id, person])).values()].filter(({ id }) => id !== '')
}

function expiresInDays(core: Core, draft: Draft, ttlDays: number | null): number | null {
  if (draft.expiryNoticeAt === null || ttlDays === null) return null
  const left = draft.updatedAt.getTime() + ttlDays * DAY - core.clock().getTime()
  return Math.max(1, Math.ceil(left / DAY))
}

function costOf(draft: Draft): Shown['cost'] {
  const cost = estimateCost(draft.usage)
  // Embedded providers cost nothing, so no cost is shown.
  return cost.usd === 0 && cost.unknownModels.length === 0 ? null : cost
}
