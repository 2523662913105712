import type { Database } from '../../db/database.ts'
import { discardFiles } from '../media/store/discard.ts'
import type { Core } from './core.ts'
import { unreferenced } from './references.ts'

/**
 * Runs work on a draft that creates or looks up files in the store. They are held until it ends, and recorded as used by
 * the draft, with which they are deleted. Files left by a process that dies are found by the sweep.
 */
export async function usingFiles<T>(
  core: Pick<Core, 'db' | 'store' | 'log'>,
  draftId: string,
  work: () => Promise<T>,
): Promise<T> {
  let ownerless: string[] = []
  try {
    return await core.store.holding(work, async (files) => {
      if (await record(core.db, draftId, files)) return
      // The draft has been deleted, so the files were made for nobody.
      ownerless = await unreferenced(core.db.fork(), files)
    })
  } finally {
    await discardFiles(core.store, ownerless, Date.now())
  }
}

/** @returns whether the draft exists. */
async function record(db: Database, draftId: string, files: ReadonlySet<string>): Promise<boolean> {
  const em = db.fork()
  await em.execute(
    // In one step, so that nothing is recorded for a draft that is being deleted.
    `insert into draft_files (draft_id, path)
       select drafts.draft_id, used.value from drafts, json_each(?) used where drafts.draft_id = ?
       on conflict do nothing`,
    [JSON.stringify([...files]), draftId],
    'run',
  )
  const found = await em.execute('select 1 from drafts where draft_id = ?', [draftId])
  return found.length > 0
}
