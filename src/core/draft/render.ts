import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { activeJobs, countActiveJobs } from '../../db/queries/jobs.ts'
import type { EntityManager } from '../../db/types.ts'
import { StaleEditError, UserError } from '../model/errors.ts'
import { admitDraft, admitRender } from './admission.ts'
import { recordAct } from './audit.ts'
import { requestClips } from './clips.ts'
import { isComplete } from './completeness.ts'
import type { Core } from './core.ts'
import { segmentDuration, speakingPace } from './duration.ts'
import { cleanSettings, type SettingsChange, settingsDifferences } from './edit-settings.ts'
import { type EditableSegment, loadDraft, loadForChange, loadSegments } from './load.ts'
import { requireFilledIn } from './placeholders.ts'
import { brandOf } from './preset.ts'
import { admitMissingAssets, requestMissingAssets } from './request-assets.ts'
import { requireApproved, whoCounts } from './require-approved.ts'
import { appendRevision, refreshRevision } from './revisions.ts'
import type { EditScope } from './scope.ts'
import { requireSpace } from './space.ts'
import { moveStatus } from './status.ts'
import { uploadAfterRender } from './upload/after-render.ts'

export interface RenderInput
  extends Pick<SettingsChange, 'template' | 'musicEnabled' | 'mood' | 'volume' | 'uploadAfter'> {
  /** True to render an outline's unfilled blanks. */
  allowsPlaceholders?: boolean
  /** The version of the settings that the person saw; undefined to overwrite the current ones. */
  seenVersion?: number | undefined
  /** The version of the settings to render, whether or not new ones are requested; undefined for the current ones. */
  onlyVersion?: number | undefined
}

/**
 * Starts a draft's render. Missing assets are prepared first, by the same job.
 * @returns the job's id.
 * @throws UserError if it is already rendering (of two people who press at once, one gets this) or finished, if the disk is
 * nearly full, a value is invalid, approvals are missing, or segments have blanks that nobody has confirmed yet;
 * StaleEditError if someone has changed the settings since and new ones are requested, or if they aren't those of
 * `onlyVersion`.
 */
export async function requestRender(core: Core, scope: EditScope, input: RenderInput = {}): Promise<string> {
  const { allowsPlaceholders = false, seenVersion, onlyVersion, ...settings } = input
  const wanted = cleanSettings(settings)
  await requireSpace(core)
  const members = await whoCounts(core, scope)
  const jobId = await core.db.transaction(async (em) => {
    const now = core.clock()
    const { draft, segments } = await loadForChange(em, scope.workspace, scope.draftId)
    if (draft.status === 'converting') throw new UserError('draft_already_rendering')
    if (draft.status === 'finalized') throw new UserError('draft_finalized')
    if (onlyVersion !== undefined && draft.settingsVersion !== onlyVersion)
      throw new StaleEditError(draft.settingsEditedByName ?? '')
    const fields = settingsDifferences(draft, wanted)
    const film = await requireApproved(em, draft, fields, members)
    const upload = await uploadAfterRender(core, em, { ...draft, ...fields }, Boolean(fields.uploadAfter))
    const placeholders = await requireFilledIn(em, draft, segments, allowsPlaceholders)
    await admitRender(core, em, scope.actor, scope.workspace)
    if (Object.keys(fields).length > 0) {
      if (seenVersion !== undefined && draft.settingsVersion !== seenVersion)
        throw new StaleEditError(draft.settingsEditedByName ?? '')
      await refreshRevision(em, draft)
      Object.assign(draft, fields, {
        settingsVersion: draft.version + 1,
        settingsEditedByName: scope.actor.name,
      })
      await appendRevision(em, draft, scope.actor, { code: 'settings_edited' }, now)
    }
    // Requesting the video also means retrying what failed before.
    for (const segment of segments) {
      if (segment.ttsLocalPath === null) segment.voiceError = null
      if (segment.videoLocalPath === null) segment.footageError = null
    }
    draft.updatedAt = now
    draft.expiryNoticeAt = null
    await em.flush()
    await admitMissingAssets(core, em, scope.actor, draft, segments)
    if (!(await moveStatus(em, draft.draftId, 'finalize', now)))
      throw new UserError('draft_already_rendering')
    const seconds = plannedSeconds(core, draft, segments)
    const jobId = await core.jobs.enqueue(
      {
        kind: 'finalize',
        key: `finalize:${draft.draftId}`,
        draftId: draft.draftId,
        workspace: draft.workspace,
        requester: scope.actor,
        payload: { plannedSeconds: seconds, placeholders, film, upload },
      },
      em,
    )
    const about = { place: draft, draftId: draft.draftId, actor: scope.actor, now }
    const facts = { job: jobId, segments: segments.length, plannedSeconds: Math.round(seconds * 100) / 100 }
    await recordAct(em, 'render_asked', about, facts)
    return jobId
  })
  core.events.changed(scope.draftId)
  return jobId
}

/** Cancels a draft's render; the draft can then be edited again immediately. @throws UserError if none is running. */
export async function cancelRender(core: Core, scope: EditScope): Promise<void> {
  const em = core.db.fork()
  const { draft } = await loadDraft(em, scope.workspace, scope.draftId)
  const [job] = await activeJobs(em, { draftId: draft.draftId, kind: 'finalize' })
  if (draft.status !== 'converting') throw new UserError('nothing_to_cancel')
  if (job)
    await core.jobs.cancel(job.jobId, (em) => {
      const about = { place: draft, draftId: draft.draftId, actor: scope.actor, now: core.clock() }
      return recordAct(em, 'cancelled', about, { job: job.jobId, kind: job.kind })
    })
  await endRender(core, draft.draftId)
}

/** Makes a draft editable again after its render has ended without a video. */
export async function endRender(core: Core, draftId: string): Promise<void> {
  await core.db.transaction((em) => rollBackUnlessWorking(core, em, draftId))
  core.events.changed(draftId)
  // The render had put them aside.
  await requestClips(core, draftId)
}

/** Makes a finished draft editable again. @throws UserError if it isn't finished, or if too many drafts are open. */
export async function reopenDraft(core: Core, scope: EditScope): Promise<void> {
  await core.db.transaction(async (em) => {
    const { draft } = await loadDraft(em, scope.workspace, scope.draftId)
    if (draft.status === 'converting') throw new UserError('draft_busy')
    if (draft.status !== 'finalized') throw new UserError('draft_not_finalized')
    const author = { id: draft.authorId, name: draft.authorName }
    await admitDraft(core, em, author, draft.workspace, scope.actor)
    const now = core.clock()
    if (!(await moveStatus(em, draft.draftId, 'reopen', now))) throw new UserError('draft_not_finalized')
    // The workspace's current brand is for future films.
    const brand = await brandOf(em, draft.workspace)
    await em.nativeUpdate(DraftEntity, { draftId: draft.draftId }, { brand })
    const about = { place: draft, draftId: draft.draftId, actor: scope.actor, now }
    await recordAct(em, 'reopened', about, { revision: draft.revision })
  })
  // They would belong to a film that no longer matches the draft.
  await core.jobs.cancelDraft(scope.draftId, ['bundle'])
  core.events.changed(scope.draftId)
  await requestClips(core, scope.draftId)
}

/** Moves a draft out of `converting` when its render has ended without a video. Does nothing in any other status. */
async function rollBack(core: Core, em: EntityManager, draftId: string): Promise<void> {
  const segments = await loadSegments(em, draftId)
  const complete = segments.every(isComplete)
  const moved = await moveStatus(
    em,
    draftId,
    complete ? 'render_ended' : 'render_ended_incomplete',
    core.clock(),
  )
  const draft = moved && !complete && (await em.findOne(DraftEntity, { draftId }))
  // The render had taken over the jobs that would have made them.
  if (draft) await requestMissingAssets(core, draft, segments, em)
}

/** The video's length in seconds, as far as it is known before everything is spoken. */
function plannedSeconds(core: Core, draft: Draft, segments: EditableSegment[]): number {
  const pace = speakingPace(core, draft.language, draft.voiceSpeed)
  const seconds = segments.map((segment) => segmentDuration(segment) ?? segment.text.length / pace)
  return seconds.reduce((sum, each) => sum + each, 0)
}

/** If two people act at once, one may already have started the next render, which is left alone. */
async function rollBackUnlessWorking(core: Core, em: EntityManager, draftId: string): Promise<void> {
  const working = await countActiveJobs(em, { draftId, kind: 'finalize' })
  if (working === 0) await rollBack(core, em, draftId)
}

/** Moves drafts out of `converting` for which no job is waiting or running. Called at start. */
export async function rollBackOrphans(core: Core): Promise<void> {
  const em = core.db.fork()
  for (const { draftId } of await em.find(DraftEntity, { status: 'converting' }, { fields: ['draftId'] }))
    await core.db.transaction((em) => rollBackUnlessWorking(core, em, draftId))
}
