import type { FilterQuery } from '@mikro-orm/core'
import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { JobEntity } from '../../db/entities/job.ts'
import { type KeptForm, KeptFormEntity } from '../../db/entities/kept-form.ts'
import { type Farewell, ThreadMessageEntity } from '../../db/entities/thread-message.ts'
import type { EntityManager } from '../../db/types.ts'
import { discardFiles } from '../media/store/discard.ts'
import type { Freed } from '../media/store/evict.ts'
import { UserError } from '../model/errors.ts'
import type { JobQueue } from '../model/jobs.ts'
import { recordAct } from './audit.ts'
import type { Core } from './core.ts'
import { creationOf } from './creation.ts'
import { loadDraft } from './load.ts'
import { allFilesOf, unreferenced } from './references.ts'
import type { EditScope } from './scope.ts'

/** What a draft is removed from. */
export interface Remover extends Pick<Core, 'db' | 'store' | 'events' | 'clock'> {
  /** What still works on a draft that is removed is cancelled. */
  jobs: Pick<JobQueue, 'cancelDraft'>
}

export interface Removal {
  /** What its thread says from then on; in its language. */
  farewell: Omit<Farewell, 'language'>
  /** The files that stay: none, its rendered videos until they are too old, or all until they are swept. */
  keep: 'nothing' | 'videos' | 'files'
  /** What must hold for it, asked in the step in which it goes. */
  where?: FilterQuery<Draft>
  /** Writes down, in the same step, who removed it. */
  record: (em: EntityManager, draft: Draft) => Promise<void>
}

/**
 * Deletes a draft and all that is kept of it. Files that no other draft uses go with it, unless they are to be kept.
 * @throws UserError when the workspace has no such draft.
 */
export async function deleteDraft(
  core: Remover,
  scope: EditScope,
  options: { keepFiles?: boolean } = {},
): Promise<void> {
  const { draftId, workspace } = scope
  await loadDraft(core.db.fork(), workspace, draftId)
  await core.jobs.cancelDraft(draftId)
  const removed = await removeDraft(core, draftId, {
    farewell: { reason: 'deleted' },
    keep: options.keepFiles ? 'files' : 'nothing',
    where: { workspace },
    record: (em, draft) => {
      const about = { place: draft, draftId, actor: scope.actor, now: core.clock() }
      const facts = { revision: draft.revision, keptFiles: options.keepFiles ?? false }
      return recordAct(em, 'deleted', about, facts)
    },
  })
  if (!removed) throw new UserError('draft_not_found', { draftId })
}

/**
 * Removes a draft with its segments, revisions, jobs, kept forms and files; the words are overwritten where they stood. What
 * the process does not get to before it dies is done by the next cleaning.
 * @returns what was freed; null when there is no such draft.
 */
export async function removeDraft(
  core: Remover,
  draftId: string,
  { farewell, keep, where = {}, record }: Removal,
): Promise<Freed | null> {
  // What another draft comes to use from here on stays.
  const unusedSince = Date.now()
  const removed = await core.db.transaction(async (em) => {
    const draft = await em.findOne(DraftEntity, { $and: [{ draftId }, where] })
    if (!draft) return null
    await record(em, draft)
    const used = [...(await allFilesOf(em, draftId))].filter((file) => goes(file, keep))
    await removeKeptForms(em, draft)
    await em.nativeUpdate(
      ThreadMessageEntity,
      { draftId, slot: 'top' },
      { farewell: { ...farewell, language: draft.language } },
    )
    await em.nativeUpdate(
      JobEntity,
      { draftId, kind: 'finalize' },
      { ...NAMELESS, ...(keep === 'nothing' && { outputVideoPath: null }) },
    )
    // Nothing comes of it any more, and nobody can have it tried again.
    await em.nativeDelete(JobEntity, { draftId, kind: 'create' })
    await em.nativeDelete(DraftEntity, { draftId })
    return { files: await unreferenced(em, new Set(used)), workspace: draft.workspace }
  })
  if (!removed) return null
  // What a cancelled render handed back while it ended has nothing to work on any more.
  await core.jobs.cancelDraft(draftId)
  await core.db.fork().nativeDelete(JobEntity, { draftId, kind: { $ne: 'finalize' } })
  // What somebody is about to use stays until it is swept.
  const freed = await discardFiles(core.store, removed.files, unusedSince)
  core.events.deleted(draftId, removed.workspace)
  await core.db.forgetFreed()
  return freed
}

/**
 * What a render's row loses with its draft. Who asked for it stays, as an id, for the day in which it counts against what
 * a person may render; the next cleaning after that removes it.
 */
const NAMELESS = { requesterName: null, payload: {}, error: null } as const

function goes(file: string, keep: Removal['keep']): boolean {
  return keep === 'nothing' || (keep === 'videos' && !file.startsWith('videos/'))
}

/** What people typed for the draft, and the form that it began with where that had to be sent twice. */
async function removeKeptForms(em: EntityManager, draft: Draft): Promise<void> {
  const { draftId, workspace, authorId, topic } = draft
  const script = (await creationOf(em, draftId))?.asked?.request.script ?? null
  const began = ({ values }: KeptForm) =>
    [topic, script].some(
      (words) => words !== '' && Object.values(values).some((typed) => typed.trim() === words),
    )
  const beginnings = await em.find(KeptFormEntity, { workspace, userId: authorId, draftId: null })
  const ids = beginnings.filter(began).map(({ id }) => id)
  await em.nativeDelete(KeptFormEntity, { $or: [{ draftId }, { id: { $in: ids } }] })
}
