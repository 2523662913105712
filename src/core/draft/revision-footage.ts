import { renderThumbnail } from '../media/clip/thumbnail.ts'
import { UserError } from '../model/errors.ts'
import type { Core } from './core.ts'
import { usingFiles } from './draft-files.ts'
import { findDraft } from './load.ts'

/** Time limit for recreating a missing still, in milliseconds. */
const PATIENCE = 20_000

interface Which {
  /** A revision number, and the segment by its position in that revision, from 0. */
  revision: number
  index: number
  when: 'before' | 'after'
}

/**
 * A still of the footage that a segment had before or after a step in a draft's history, as a name in the store. The
 * footage itself is kept as long as the step.
 * @throws UserError `revision_not_found` if there is no such step, or if the segment had no footage then.
 */
export async function revisionStill(
  core: Core,
  { workspace, draftId }: { workspace: string; draftId: string },
  { revision, index, when }: Which,
): Promise<string> {
  const em = core.db.fork()
  const draft = await findDraft(core, workspace, draftId, em)
  const none = () => new UserError('revision_not_found', { number: revision })
  const [segment]: { id: number }[] = await em.execute(
    `select json_extract(e.value, '$.id') as id from draft_versions v, json_each(v.snapshot, '$.segments') e
       where v.draft_id = ? and v.number = ? and e.key = ?`,
    [draftId, revision, index],
  )
  if (!segment) throw none()
  const number = when === 'after' ? revision : revision - 1
  const footage = await em.execute<{ path: string | null }[]>(
    // For the current revision, footage may have arrived since its snapshot.
    number === draft.revision
      ? 'select video_local_path as path from draft_segments where draft_id = ? and id = ?'
      : `select json_extract(e.value, '$.videoLocalPath') as path
           from draft_versions v, json_each(v.snapshot, '$.segments') e
           where v.draft_id = ? and json_extract(e.value, '$.id') = ? and v.number = ?`,
    [draftId, segment.id, ...(number === draft.revision ? [] : [number])],
  )
  const path = footage[0]?.path ?? null
  if (path === null || !(await core.store.has(path))) throw none()
  const signal = AbortSignal.timeout(PATIENCE)
  return usingFiles(core, draftId, () => renderThumbnail(core, path, { signal }))
}
