import type { Core } from '../src/core/draft/core.ts'
import type { Place } from '../src/core/model/people.ts'
import { ThreadMessageEntity } from '../src/db/entities/thread-message.ts'
import { insertLongDraft, makeSharedFiles } from './long-draft.ts'

const SEGMENTS = 5
const DAY = 24 * 3_600_000

/**
 * Fills a database as years of use would: drafts in separate threads, seven of ten finished, the others in review, last touched
 * over the past twenty days.
 */
export async function insertManyDrafts(core: Core, count: number, place: Place): Promise<void> {
  await makeSharedFiles(core)
  const draftId = 'draft_bench'
  await insertLongDraft(core, { draftId, segments: SEGMENTS, revisions: 2, candidates: 6, place })
  const now = core.clock()
  const em = core.db.fork()
  const slots = ['announcement', 'top', ...Array.from({ length: SEGMENTS }, (_, at) => `segment:${at}`)]
  await em.insertMany(
    ThreadMessageEntity,
    slots.map((slot, at) => ({
      ...{ draftId, slot, surface: place.surface, channelId: place.channelId, threadId: 'thread' },
      ...{ messageId: `message-${at}`, viewHash: 'as it was sent', files: {}, updatedAt: now },
    })),
  )
  const own = {
    draft_id: "draft_id || '_' || n.i",
    job_id: "job_id || '_' || n.i",
    job_key: "replace(job_key, draft_id, draft_id || '_' || n.i)",
    message_id: "message_id || '_' || n.i",
    thread_id: "'thread_' || n.i",
  }
  const spread = `${now.getTime()} - (n.i * 7919 % 2000) * ${DAY / 100}`
  const drafts = {
    ...own,
    status: "case when n.i % 10 < 7 then 'finalized' else 'assets_ready' end",
    created_at: spread,
    updated_at: spread,
  }
  const tables = {
    ...{ drafts, draft_segments: own, draft_versions: own, thread_messages: own, job_history: own },
  }
  for (const [table, changed] of Object.entries(tables)) {
    const columns: { name: string }[] = await em.execute(`select name from pragma_table_info('${table}')`)
    const names = columns.map(({ name }) => name).filter((name) => name !== 'id')
    const values = names.map((name) => changed[name as keyof typeof changed] ?? name)
    await em.execute(
      `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${count - 1})
         insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${table}, n where draft_id = ?`,
      [draftId],
    )
  }
  // Everything written here counts as shown.
  await em.execute('update thread_marks set shown = changes')
}
