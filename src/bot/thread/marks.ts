import type { Core } from '../../core/draft/core.ts'
import { ProgramStateEntity } from '../../db/entities/program-state.ts'
import { ThreadMarkEntity } from '../../db/entities/thread-mark.ts'
import { recentDrafts } from '../../db/queries/drafts.ts'
import { activeJobs } from '../../db/queries/jobs.ts'

/**
 * Drafts that people may be looking at when a new version of the program starts: maximum age in milliseconds, and maximum
 * number.
 */
const RECENT = { for: 48 * 3_600_000, most: 200 }

/** The number of changes to a draft that its thread may show. Read it before reading the draft itself. */
export async function changesOf(core: Core, draftId: string): Promise<number> {
  const mark = await core.db.fork().findOne(ThreadMarkEntity, { draftId })
  return mark?.changes ?? 0
}

/** Records that a thread shows all changes up to this one; there may already be more. */
export async function noteShown(core: Core, draftId: string, changes: number): Promise<void> {
  const behind = { draftId, shown: { $ne: changes } }
  await core.db.fork().nativeUpdate(ThreadMarkEntity, behind, { shown: changes })
}

export async function forgetMark(core: Core, draftId: string): Promise<void> {
  await core.db.fork().nativeDelete(ThreadMarkEntity, { draftId })
}

/** The drafts on these platforms whose threads may be out of date, including drafts without a thread yet. */
export async function draftsBehind(core: Core, surfaces: readonly string[]): Promise<string[]> {
  const em = core.db.fork()
  const marked: { draft_id: string }[] = await em.execute(
    `select m.draft_id from thread_marks m left join drafts d on d.draft_id = m.draft_id
       where m.changes <> m.shown and (d.surface is null or d.surface in (?))`,
    [surfaces],
  )
  const coming = await activeJobs(em, { kind: 'create' })
  const ids = [...marked.map(({ draft_id }) => draft_id), ...coming.map(({ draftId }) => draftId)]
  return [...new Set(ids.filter((id) => id !== null))]
}

/**
 * If the views have changed since the last start, marks the recently edited drafts for an update. All others get the new
 * views when they are next changed: nobody is looking at them, and each would cost calls.
 * @param views a hash of everything that views are made from.
 */
export async function noteViews(core: Core, views: string): Promise<void> {
  await core.db.transaction(async (em) => {
    const last = await em.findOne(ProgramStateEntity, { name: 'views' })
    if (last?.value === views) return
    await em.upsert(ProgramStateEntity, { name: 'views', value: views })
    // The first start with this table: the migration that created it has marked the existing drafts.
    if (!last) return
    const since = new Date(core.clock().getTime() - RECENT.for)
    const recent = await recentDrafts(em, { status: { $ne: 'finalized' } }, since, RECENT.most)
    for (const { draftId } of recent)
      await em.execute(
        `insert into thread_marks (draft_id, changes) values (?, 1)
           on conflict (draft_id) do update set changes = changes + 1`,
        [draftId],
      )
  })
}
