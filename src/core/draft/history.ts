import { DraftEntity } from '../../db/entities/draft.ts'
import { type Revision, RevisionEntity, type RevisionSnapshot } from '../../db/entities/revision.ts'
import { type Segment, SegmentEntity } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import type { FootageFields } from '../assets/collect-footage.ts'
import { lostAssets } from '../assets/lost-files.ts'
import { requestMissingAssets } from '../assets/request.ts'
import type { Actor, Core } from '../core.ts'
import { UserError } from '../errors.ts'
import { recordAct } from './audit.ts'
import { requestClips } from './clips.ts'
import { emptySegment } from './create.ts'
import { type EditScope, editDraft, settleStatus } from './edit.ts'
import { type DraftWithSegments, loadDraft, requireEditable } from './load.ts'
import { refreshRevision } from './revisions.ts'

/** The kept revisions of a draft, newest first. `current` is the number that the draft is at. */
export async function draftHistory(
  core: Core,
  workspace: string,
  draftId: string,
): Promise<{ revisions: Omit<Revision, 'snapshot'>[]; current: number }> {
  const em = core.db.fork()
  const draft = await em.findOne(DraftEntity, { draftId, workspace })
  if (!draft) throw new UserError('draft_not_found', { draftId })
  const revisions = await em.find(
    RevisionEntity,
    { draftId },
    { orderBy: { number: 'desc' }, exclude: ['snapshot'] },
  )
  return { revisions: revisions as Omit<Revision, 'snapshot'>[], current: draft.revision }
}

/** Which of undo and redo have somewhere to go. */
export async function undoState(em: EntityManager, draftId: string, revision: number) {
  const [before, after] = await Promise.all([
    em.count(RevisionEntity, { draftId, number: { $lt: revision } }),
    em.count(RevisionEntity, { draftId, number: { $gt: revision } }),
  ])
  return { canUndo: before > 0, canRedo: after > 0 }
}

/** Goes back one revision. @throws UserError when there is none. */
export async function undo(core: Core, scope: EditScope): Promise<void> {
  await stepTo(core, scope, -1, 'nothing_to_undo')
}

/** Goes forward one revision. @throws UserError when there is none. */
export async function redo(core: Core, scope: EditScope): Promise<void> {
  await stepTo(core, scope, 1, 'nothing_to_redo')
}

/** Makes an old revision the newest one; nothing of the history between is lost. */
export async function restoreRevision(core: Core, scope: EditScope, number: number): Promise<void> {
  await editDraft(core, scope, async ({ em, draft, segments, nextVersion, now }) => {
    const revision = await em.findOne(RevisionEntity, { draftId: draft.draftId, number })
    if (!revision) throw new UserError('revision_not_found', { number })
    const by = { actor: scope.actor, version: nextVersion, now }
    const restored = await apply(core, em, { draft, segments }, revision.snapshot, by)
    const { draftId, revision: from } = draft
    const about = { place: draft, draftId, actor: scope.actor, now }
    await recordAct(em, 'restored', about, { from, to: from + 1, restored: number })
    return { action: { code: 'restored', revision: number }, segments: restored }
  })
}

async function stepTo(
  core: Core,
  scope: EditScope,
  step: 1 | -1,
  nothing: 'nothing_to_undo' | 'nothing_to_redo',
): Promise<void> {
  await core.db.transaction(async (em) => {
    const now = core.clock()
    const { draft, segments } = await loadDraft(em, scope.workspace, scope.draftId)
    requireEditable(draft)
    const revision = await em.findOne(RevisionEntity, {
      draftId: draft.draftId,
      number: draft.revision + step,
    })
    if (!revision) throw new UserError(nothing)
    await refreshRevision(em, draft, segments)
    const by = { actor: scope.actor, version: draft.version + 1, now }
    const restored = await apply(core, em, { draft, segments }, revision.snapshot, by)
    const { draftId, revision: from } = draft
    const about = { place: draft, draftId, actor: scope.actor, now }
    await recordAct(em, step < 0 ? 'undone' : 'redone', about, { from, to: from + step })
    draft.revision += step
    draft.updatedAt = now
    draft.expiryNoticeAt = null
    await em.flush()
    await settleStatus(em, draft.draftId, restored, now)
    await requestMissingAssets(core, draft, restored, em, { asker: scope.actor })
  })
  core.events.changed(scope.draftId)
  await requestClips(core, scope.draftId)
}

/** Brings draft and segments to a snapshot. Segments keep their identity, so their messages stay theirs. */
async function apply(
  core: Core,
  em: EntityManager,
  { draft, segments }: DraftWithSegments,
  snapshot: RevisionSnapshot,
  { actor, version, now }: { actor: Actor; version: number; now: Date },
): Promise<Segment[]> {
  const isSameVoice = draft.voice === snapshot.draft.voice && draft.voiceSpeed === snapshot.draft.voiceSpeed
  if (JSON.stringify(snapshot.draft) !== JSON.stringify(pick(draft, snapshot.draft))) {
    draft.settingsVersion = version
    draft.settingsEditedByName = actor.name
  }
  Object.assign(draft, snapshot.draft)
  const wanted = new Set(snapshot.segments.map(({ id }) => id))
  await em.nativeDelete(SegmentEntity, { draftId: draft.draftId, id: { $nin: [...wanted] } })
  for (const segment of segments.filter(({ id }) => !wanted.has(id)))
    em.getUnitOfWork().unsetIdentity(segment)
  // Below zero first: an index is taken by only one segment at any moment.
  for (const [index, { id }] of segments.entries())
    await em.nativeUpdate(SegmentEntity, { draftId: draft.draftId, id }, { segmentIndex: -1 - index })
  const present = new Map(segments.map((segment) => [segment.id, segment]))
  for (const [segmentIndex, kept] of snapshot.segments.entries()) {
    const before = present.get(kept.id)
    const found = before ? foundSince(before, kept, isSameVoice) : {}
    const fields = { ...kept, ...found, ...(await lostAssets(core, { ...kept, ...found })) }
    if (before) {
      const { id, ...rest } = fields
      await em.nativeUpdate(
        SegmentEntity,
        { id },
        {
          ...rest,
          // Whoever looks at it, or is told that an edit came too late, is told who made it so.
          ...(differs(before, pick(rest, EDITED)) && { editedById: actor.id, editedByName: actor.name }),
          segmentIndex,
          version: differs(before, rest) ? version : before.version,
          updatedAt: now,
        },
      )
      em.getUnitOfWork().unsetIdentity(before)
    } else {
      await em.insert(SegmentEntity, {
        ...emptySegment(draft.draftId, now),
        ...fields,
        segmentIndex,
        version,
      })
    }
  }
  return em.find(SegmentEntity, { draftId: draft.draftId }, { orderBy: { segmentIndex: 'asc' } })
}

/** What people change in a segment. */
const EDITED = {
  text: 0,
  imageSearchQuery: 0,
  keyword: 0,
  duration: 0,
  voiceTake: 0,
  videoId: 0,
}

/**
 * Assets that arrived after the snapshot was taken and fit it as well: they are not made a second time.
 * Footage that a snapshot wants replaced (its id is still there) does not fit it.
 */
function foundSince(before: Segment, kept: Kept, isSameVoice: boolean): Partial<Segment> {
  const { ttsLocalPath, ttsDuration, ttsProvider, words } = before
  const voice =
    isSameVoice &&
    kept.ttsLocalPath === null &&
    kept.text === before.text &&
    kept.voiceTake === before.voiceTake
  const footage =
    kept.videoLocalPath === null &&
    kept.videoId === null &&
    kept.imageSearchQuery === before.imageSearchQuery &&
    kept.keyword === before.keyword
  return {
    ...(voice &&
      ttsLocalPath !== null && { ttsLocalPath, ttsDuration, ttsProvider, words, voiceError: null }),
    ...(footage && before.videoLocalPath !== null && footageOf(before)),
  }
}

function footageOf(segment: Segment): FootageFields {
  const { videoUrl, videoLocalPath, videoProvider, videoId, videoKind } = segment
  const { videoAuthor, videoPageUrl, videoTitle, candidates, footageError } = segment
  return {
    ...{ videoUrl, videoLocalPath, videoProvider, videoId, videoKind },
    ...{ videoAuthor, videoPageUrl, videoTitle, candidates, footageError },
  }
}

function pick(from: object, like: object): object {
  return Object.fromEntries(Object.keys(like).map((key) => [key, from[key as keyof typeof from]]))
}

type Kept = RevisionSnapshot['segments'][number]

function differs(segment: Segment, kept: object): boolean {
  return JSON.stringify(pick(segment, kept)) !== JSON.stringify(kept)
}
