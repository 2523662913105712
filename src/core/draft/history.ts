import type { Approval } from '../../db/entities/approval.ts'
import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { type Revision, RevisionEntity } from '../../db/entities/revision.ts'
import { type Segment, SegmentEntity } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import { UserError } from '../model/errors.ts'
import type { Actor } from '../model/people.ts'
import { approvalsOf } from './approvals.ts'
import { recordAct } from './audit.ts'
import type { Core } from './core.ts'
import { emptySegment } from './create.ts'
import { changeContent, type Editing, editDraft, putInOrder } from './edit.ts'
import { filmOf } from './film-of.ts'
import type { FootageFields } from './find-footage.ts'
import { type EditableSegment, loadRenderable } from './load.ts'
import { lostAssets } from './lost-files.ts'
import { askersOf } from './notes/proposals.ts'
import { type Change, revisionChanges } from './revision-changes.ts'
import { type KeptSegment, readSnapshot, type Snapshot } from './revisions.ts'
import type { EditScope } from './scope.ts'

/** A step in a draft's history, as shown to people. */
export type Step = Omit<Revision, 'snapshot'>

export interface History {
  draft: Draft
  /**
   * Newest first, with what each has changed, who requested a text that someone else accepted, and who approved the film of
   * that time.
   */
  revisions: (Step & { changes: Change[]; askedBy: string | null; approvedBy: string[] })[]
  /** The number of all stored revisions, across pages. */
  total: number
  /** The draft's current revision. */
  current: number
  /** What undo would take back; null for nothing. */
  undoable: Step | null
}

/** A draft's stored revisions, or a page of them. */
export async function draftHistory(
  core: Core,
  workspace: string,
  draftId: string,
  { skip = 0, limit }: { skip?: number; limit?: number } = {},
): Promise<History> {
  const em = core.db.fork()
  const draft = await em.findOne(DraftEntity, { draftId, workspace })
  if (!draft) throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
  const found = (await em.find(
    RevisionEntity,
    { draftId },
    { orderBy: { number: 'desc' }, exclude: ['snapshot'], offset: skip, ...(limit && { limit }) },
  )) as Step[]
  const changes = await revisionChanges(em, draft, found)
  const askers = await askersOf(
    em,
    found.flatMap(({ action }) => action.proposal ?? []),
  )
  // Approvals of unreachable revisions have since been given another number.
  const approvals = (await approvalsOf(em, draftId)).filter(({ changesBefore }) => changesBefore === 0)
  // The film can also change without a step in the history, for example by the workspace's end card.
  const film = filmOf(draft, await loadRenderable(em, draftId))
  const isOf = (approval: Approval, number: number) =>
    approval.revision === number && (number !== draft.revision || approval.film === film)
  const { canUndo } = await undoState(em, draftId, draft.revision)
  return {
    draft,
    revisions: found.map((revision) => ({
      ...revision,
      changes: changes.get(revision.number) ?? [],
      askedBy: askers.get(revision.action.proposal ?? 0) ?? null,
      approvedBy: approvals.filter((one) => isOf(one, revision.number)).map(({ personName }) => personName),
    })),
    total: await em.count(RevisionEntity, { draftId }),
    current: draft.revision,
    undoable: canUndo ? await stepOf(em, draftId, draft.revision) : null,
  }
}

function stepOf(em: EntityManager, draftId: string, number: number): Promise<Step | null> {
  return em.findOne(RevisionEntity, { draftId, number }, { exclude: ['snapshot'] }) as Promise<Step | null>
}

/** Whether undo and redo are possible. */
export async function undoState(em: EntityManager, draftId: string, revision: number) {
  const [before, after] = await Promise.all([
    em.count(RevisionEntity, { draftId, number: { $lt: revision } }),
    em.count(RevisionEntity, { draftId, number: { $gt: revision } }),
  ])
  return { canUndo: before > 0, canRedo: after > 0 }
}

/** Goes back one revision. @returns what was undone. @throws UserError if there is none. */
export function undo(core: Core, scope: EditScope): Promise<Step | null> {
  return stepTo(core, scope, -1, 'nothing_to_undo')
}

/** Goes forward one revision. @returns what was redone. @throws UserError if there is none. */
export function redo(core: Core, scope: EditScope): Promise<Step | null> {
  return stepTo(core, scope, 1, 'nothing_to_redo')
}

/** Restores an old revision as the newest one; the history in between is kept. */
export async function restoreRevision(core: Core, scope: EditScope, number: number): Promise<void> {
  await editDraft(core, scope, async (editing) => {
    const { em, draft, now } = editing
    const snapshot = await readSnapshot(em, scope.draftId, number)
    if (!snapshot) throw new UserError('revision_not_found', { number })
    const segments = await apply(core, editing, snapshot, scope.actor)
    const { draftId, revision: from } = draft
    const about = { place: draft, draftId, actor: scope.actor, now }
    await recordAct(em, 'restored', about, { from, to: from + 1, restored: number })
    return { action: { code: 'restored', revision: number }, segments }
  })
}

async function stepTo(
  core: Core,
  scope: EditScope,
  step: 1 | -1,
  nothing: 'nothing_to_undo' | 'nothing_to_redo',
): Promise<Step | null> {
  let done: Step | null = null
  await changeContent(core, scope, async (editing) => {
    const { em, draft, now } = editing
    const { draftId, revision: from } = draft
    const snapshot = await readSnapshot(em, draftId, from + step)
    if (!snapshot) throw new UserError(nothing)
    const segments = await apply(core, editing, snapshot, scope.actor)
    const about = { place: draft, draftId, actor: scope.actor, now }
    await recordAct(em, step < 0 ? 'undone' : 'redone', about, { from, to: from + step })
    done = await stepOf(em, draftId, Math.max(from, from + step))
    draft.revision += step
    return segments
  })
  return done
}

/**
 * Restores the draft and its segments from a snapshot, writing only differences. Segments keep their identity, and thus
 * their messages.
 */
async function apply(
  core: Core,
  { em, draft, segments, nextVersion: version, now }: Editing,
  snapshot: Snapshot,
  actor: Actor,
): Promise<EditableSegment[]> {
  const { voice, voiceSpeed, language = draft.language } = snapshot.draft
  const isSameVoice = draft.voice === voice && draft.voiceSpeed === voiceSpeed && draft.language === language
  if (JSON.stringify(snapshot.draft) !== JSON.stringify(pick(draft, snapshot.draft))) {
    draft.settingsVersion = version
    draft.settingsEditedByName = actor.name
  }
  Object.assign(draft, snapshot.draft)
  const present = new Map(segments.map((segment) => [segment.id, segment]))
  const wanted = new Set(snapshot.segments.map(({ id }) => id))
  for (const segment of segments)
    if (!wanted.has(segment.id)) em.remove(em.getReference(SegmentEntity, segment.id))
  const after: EditableSegment[] = []
  for (const kept of snapshot.segments) {
    const segment = present.get(kept.id)
    const fitting = segment ? withFoundSince(segment, kept, isSameVoice) : kept
    const fields = { ...fitting, ...(await lostSince(core, segment, fitting)) }
    if (!segment) {
      // Moved behind all others until they are in order, because an index can only be used by one segment at a time.
      const segmentIndex = segments.length + after.length
      const again = { ...emptySegment(draft.draftId, now), ...fields, segmentIndex, version }
      after.push(em.create(SegmentEntity, again))
      continue
    }
    after.push(segment)
    const changed = differences(segment, fields)
    if (Object.keys(changed).length === 0) continue
    // It shows who did this, also to a person whose edit came too late.
    const isEdit = Object.keys(changed).some((name) => Object.hasOwn(EDITED, name))
    const editor = isEdit ? { editedById: actor.id, editedByName: actor.name } : {}
    Object.assign(segment, changed, editor, { version, updatedAt: now })
  }
  await putInOrder(em, after)
  return after
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
 * A segment's snapshot, with assets that arrived after it was taken but match it, too, so they aren't made twice. Footage
 * that a snapshot wants replaced (its id is still there) doesn't match.
 */
function withFoundSince(now: EditableSegment, kept: KeptSegment, isSameVoice: boolean): KeptSegment {
  const voice =
    isSameVoice &&
    kept.ttsLocalPath === null &&
    now.ttsLocalPath !== null &&
    kept.text === now.text &&
    kept.voiceTake === now.voiceTake
  const footage =
    kept.videoLocalPath === null &&
    kept.videoId === null &&
    now.videoLocalPath !== null &&
    kept.imageSearchQuery === now.imageSearchQuery &&
    kept.keyword === now.keyword
  const { words, candidates, ...fields } = kept
  // Lists that aren't listed stay unchanged.
  return {
    ...fields,
    ...(voice ? voiceOf(now) : words && { words }),
    ...(footage ? footageOf(now) : candidates && { candidates }),
  }
}

function voiceOf({ ttsLocalPath, ttsDuration, ttsProvider }: EditableSegment) {
  return { ttsLocalPath, ttsDuration, ttsProvider, voiceError: null }
}

function footageOf(segment: EditableSegment): Omit<FootageFields, 'candidates'> {
  const { videoUrl, videoLocalPath, videoProvider, videoId, videoKind } = segment
  const { videoAuthor, videoPageUrl, videoTitle, footageError } = segment
  return {
    ...{ videoUrl, videoLocalPath, videoProvider, videoId, videoKind },
    ...{ videoAuthor, videoPageUrl, videoTitle, footageError },
  }
}

function pick(from: object, like: object): object {
  return Object.fromEntries(Object.keys(like).map((key) => [key, from[key as keyof typeof from]]))
}

/** Files that the segment already has needn't be checked. */
function lostSince(core: Core, now: EditableSegment | undefined, fields: KeptSegment) {
  const { ttsLocalPath, videoLocalPath } = fields
  return lostAssets(core, {
    ttsLocalPath: ttsLocalPath === now?.ttsLocalPath ? null : ttsLocalPath,
    videoLocalPath: videoLocalPath === now?.videoLocalPath ? null : videoLocalPath,
  })
}

/** The fields that differ from the segment's. Listed lists always count. */
function differences(segment: EditableSegment, fields: Partial<Segment>): Partial<Segment> {
  const different = Object.entries(fields).filter(
    ([name, value]) => segment[name as keyof EditableSegment] !== value,
  )
  return Object.fromEntries(different)
}
