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

/** The dependencies for removing a draft. */
export interface Remover extends Pick<Core, 'db' | 'store' | 'events' | 'clock'> {
  /** Running work on a removed draft is cancelled. */
  jobs: Pick<JobQueue, 'cancelDraft'>
}

export interface Removal {
  /** What its thread says from then on, in its language. */
  farewell: Omit<Farewell, 'language'>
  /** The files that stay: none, its rendered videos until they expire, or all until they are swept. */
  keep: 'nothing' | 'videos' | 'files'
  /** A condition that is checked in the same step. */
  where?: FilterQuery<Draft>
  /** Records who removed it, in the same step. */
  record: (em: EntityManager, draft: Draft) => Promise<void>
}

/**
 * Deletes a draft and all of its data. Files that no other draft uses are deleted, too, unless they should be kept.
 * @throws UserError if the workspace has no such draft.
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
 * Removes a draft with its segments, revisions, jobs, saved forms and files; its texts are overwritten on the disk. If the
 * process dies in between, the next cleanup does the rest.
 * @returns the number of bytes freed; null if there is no such draft.
 */
export async function removeDraft(
  core: Remover,
  draftId: string,
  { farewell, keep, where = {}, record }: Removal,
): Promise<Freed | null> {
  // Files that another draft starts using from here on stay.
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
    // It can no longer have a result, and nobody can retry it.
    await em.nativeDelete(JobEntity, { draftId, kind: 'create' })
    await em.nativeDelete(DraftEntity, { draftId })
    return { files: await unreferenced(em, new Set(used)), workspace: draft.workspace }
  })
  if (!removed) return null
  // Jobs that a cancelled render returned while ending have nothing left to work on.
  await core.jobs.cancelDraft(draftId)
  await core.db.fork().nativeDelete(JobEntity, { draftId, kind: { $ne: 'finalize' } })
  // Files about to be used stay until they are swept.
  const freed = await discardFiles(core.store, removed.files, unusedSince)
  core.events.deleted(draftId, removed.workspace)
  await core.db.forgetFreed()
  return freed
}

/**
 * The fields that a render's row loses with its draft. The requester's id stays for the day in which the render counts
 * against their limit; the next cleanup after that removes it.
 */
const NAMELESS = { requesterName: null, payload: {}, error: null } as const

function goes(file: string, keep: Removal['keep']): boolean {
  return keep === 'nothing' || (keep === 'videos' && !file.startsWith('videos/'))
}

/** Saved forms of the draft, and the form it was created with, if that had to be submitted twice. */
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
