import type { Database } from '../../db/database.ts'
import { discardFiles } from '../media/store/discard.ts'
import type { Core } from './core.ts'
import { unreferenced } from './references.ts'

/**
 * Runs work on a draft that makes or looks up files of the store. They are held until it is over, and written down as
 * used by the draft, with which they go. What a process that dies meanwhile has made is found by the sweep.
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
      // Somebody deleted the draft meanwhile: it was made for nobody.
      ownerless = await unreferenced(core.db.fork(), files)
    })
  } finally {
    await discardFiles(core.store, ownerless, Date.now())
  }
}

/** @returns whether the draft is there. */
async function record(db: Database, draftId: string, files: ReadonlySet<string>): Promise<boolean> {
  const em = db.fork()
  await em.execute(
    // In one step, so that nothing is written down for a draft that goes at this moment.
    `insert into draft_files (draft_id, path)
       select drafts.draft_id, used.value from drafts, json_each(?) used where drafts.draft_id = ?
       on conflict do nothing`,
    [JSON.stringify([...files]), draftId],
    'run',
  )
  const found = await em.execute('select 1 from drafts where draft_id = ?', [draftId])
  return found.length > 0
}
