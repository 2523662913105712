import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { clipProblems } from '../../core/draft/clip-problems.ts'
import { isInReview } from '../../core/draft/clips.ts'
import type { Core } from '../../core/draft/core.ts'
import { undoState } from '../../core/draft/history.ts'
import { loadRenderable } from '../../core/draft/load.ts'
import { CreatePayload } from '../../core/draft/payloads.ts'
import type { CreatingView } from '../../core/model/read-models.ts'
import { estimateCost } from '../../core/providers/prices.ts'
import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import type { Segment } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Credit, Shown, ShownVideo } from '../view/shown.ts'

/** The same with what the thread needs to make the pictures and clips of it. */
export type LoadedDraft = Shown<Draft, Segment>

const DAY = 24 * 3_600_000

/** All that a draft's thread shows, from what is stored; null when the draft is gone. */
export async function loadShown(core: Core, draftId: string, ttlDays: number): Promise<LoadedDraft | null> {
  const em = core.db.fork()
  const draft = await em.findOne(DraftEntity, { draftId }, { exclude: ['contentPlanJson'] })
  const newest = (kind: Job['kind'], where = {}) =>
    em.findOne(JobEntity, { draftId, kind, ...where }, { orderBy: { id: 'desc' } })
  const creating = creatingOf(await newest('create'))
  if (!draft) return creating && creating.state !== 'done' ? { ...EMPTY, draftId, creating } : null
  const wasWritten = creating === null || creating.state === 'done' || creating.state === 'cancelled'
  const shown = draft as Draft
  const segments = await segmentsOf(em, draftId)
  const rendered = await newest('finalize', { state: 'done', outputVideoPath: { $ne: null } })
  return {
    draftId,
    draft: shown,
    segments,
    isCollecting: shown.status === 'editing' && (await isCollecting(em, draftId)),
    // A script that is rewritten, for a draft that has an outline.
    creating: wasWritten ? null : creating,
    clipProblems: isInReview(shown) ? await clipProblems(core, shown, segments) : [],
    render: await newest('finalize'),
    video: rendered && (await videoOf(core, rendered, segments)),
    ...(await undoState(em, draftId, shown.revision)),
    expiresInDays: expiresInDays(core, shown, ttlDays),
    cost: costOf(shown),
  }
}

function creatingOf(job: Job | null): CreatingView | null {
  if (!job) return null
  const asked = CreatePayload.safeParse(job.payload).data?.request
  return {
    ...job,
    ...{ topic: asked?.topic ?? null, hasScript: Boolean(asked?.script), language: asked?.language ?? null },
  }
}

const EMPTY = {
  draft: null,
  segments: [],
  isCollecting: false,
  clipProblems: [],
  render: null,
  video: null,
  canUndo: false,
  canRedo: false,
  expiresInDays: null,
  cost: null,
}

/**
 * Found footage is looked at only where something was found before what the segment shows, and is not read elsewhere: that of
 * a long draft is most of a megabyte, and its thread is brought up to date many times.
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

async function isCollecting(em: EntityManager, draftId: string): Promise<boolean> {
  const active = { draftId, kind: 'collect', state: { $in: ['queued', 'running'] } } as const
  return (await em.count(JobEntity, active)) > 0
}

async function videoOf(core: Core, job: Job, segments: Segment[]): Promise<ShownVideo | null> {
  const path = job.outputVideoPath
  if (path === null) return null
  const found = await stat(core.store.absolute(path)).catch(() => null)
  const { musicError } = job.payload
  return (
    found && {
      ...{ job, path, bytes: found.size, credits: creditsOf(job, segments) },
      musicError: typeof musicError === 'string' ? musicError : null,
    }
  )
}

const MusicCredit = z.object({
  provider: z.string(),
  title: z.string().nullable(),
  author: z.string().nullable(),
})

/** Everybody whose work is in the video, once each. Our own drawings and beds need no credit. */
function creditsOf(job: Job, segments: Segment[]): Credit[] {
  const credits: Credit[] = segments
    .filter(({ videoAuthor, videoPageUrl }) => videoAuthor !== null || videoPageUrl !== null)
    .map(({ videoAuthor, videoProvider, videoPageUrl }) => ({
      name: videoAuthor ?? '',
      provider: videoProvider ?? '',
      url: videoPageUrl,
    }))
  const music = MusicCredit.safeParse(job.payload.music)
  if (music.success && (music.data.title || music.data.author)) {
    const name = [music.data.title, music.data.author].filter(Boolean).join(' – ')
    credits.push({ name, provider: music.data.provider, url: null })
  }
  return [...new Map(credits.map((credit) => [JSON.stringify(credit), credit])).values()]
}

function expiresInDays(core: Core, draft: Draft, ttlDays: number): number | null {
  if (draft.expiryNoticeAt === null) return null
  const left = draft.updatedAt.getTime() + ttlDays * DAY - core.clock().getTime()
  return Math.max(1, Math.ceil(left / DAY))
}

function costOf(draft: Draft): Shown['cost'] {
  const cost = estimateCost(draft.usage)
  // Embedded providers cost nothing, which need not be said.
  return cost.usd === 0 && cost.unknownModels.length === 0 ? null : cost
}
