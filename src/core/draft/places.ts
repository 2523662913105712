import type { Place } from '../model/people.ts'
import type { Core } from './core.ts'
import { creationOf } from './creation.ts'

/** Where a draft lives, with the data that decides who may see it. */
export interface DraftPlace extends Place {
  /**
   * True for a thread started from one of our messages, which everyone in the channel can see. Others may be private.
   */
  isOwnThread: boolean
}

/** The fields of a draft that determine who may do what with it. */
export interface Judged {
  place: DraftPlace
  authorId: string
}

/** Which drafts of a workspace a person may see. */
export interface Seen {
  /** Places where all drafts are visible. */
  places: DraftPlace[]
  /** Places where only one author's drafts are visible. */
  own: DraftPlace[]
  authorId: string
}

/** Maximum number of a workspace's places that are checked, those with the newest drafts first. */
const PLACES = 1000

/** A thread is identified by the message it was started from. */
const IS_OWN_THREAD = `exists (
  select 1 from thread_messages m where m.draft_id = d.draft_id and m.message_id = d.thread_id)`
/** The channel, and the thread that has to be checked as well; maintained by triggers (migration 0020). */
const KEY = 'd.place_key'

/** Where a draft lives, even while its script is being written; null if the workspace has no such draft. */
export async function judgedDraft(core: Core, workspace: string, draftId: string): Promise<Judged | null> {
  const em = core.db.fork()
  const [row] = await em.execute(
    `select d.surface, d.channel_id, d.thread_id, d.author_id, ${IS_OWN_THREAD} as is_own from drafts d
       where d.draft_id = ? and d.workspace = ?`,
    [draftId, workspace],
  )
  if (row) {
    const { surface, channel_id: channelId, thread_id: threadId, author_id: authorId, is_own } = row
    return { place: { surface, workspace, channelId, threadId, isOwnThread: Boolean(is_own) }, authorId }
  }
  const asked = (await creationOf(em, draftId, workspace))?.asked
  if (!asked) return null
  const { place, actor } = asked
  // If it has a thread already, it was opened by us; drafts requested in a thread of others stay in that thread.
  const [own] = await em.execute('select 1 from thread_messages where draft_id = ? and message_id = ?', [
    draftId,
    place.threadId,
  ])
  return { place: { ...place, isOwnThread: own !== undefined }, authorId: actor.id }
}

/** The places where a workspace has drafts, those with the newest first; all our own threads in a channel count as one. */
export async function draftPlaces(core: Core, workspace: string): Promise<DraftPlace[]> {
  const rows: { surface: string; channel_id: string; thread: string }[] = await core.db.fork().execute(
    `with places as (
       select max(d.id) as id, max(d.created_at) as newest from drafts d where d.workspace = ?
         group by ${KEY} order by newest desc limit ${PLACES})
     select d.surface, d.channel_id, substr(${KEY}, length(d.channel_id) + 2) as thread
       from places p join drafts d on d.id = p.id order by p.newest desc`,
    [workspace],
  )
  return rows.map(({ surface, channel_id: channelId, thread }) => ({
    ...{ surface, workspace, channelId, threadId: thread === '' ? null : thread },
    isOwnThread: thread === '',
  }))
}

/** A condition on a query's drafts `d`: those that a person may see. */
export function seenCondition({ places, own, authorId }: Seen): { sql: string; params: string[] } {
  const either: { sql: string; params: string[] }[] = []
  const within = (some: DraftPlace[]) => `${KEY} in (${some.map(() => '?').join(', ')})`
  if (places.length > 0) either.push({ sql: within(places), params: places.map(keyOf) })
  if (own.length > 0)
    either.push({ sql: `d.author_id = ? and ${within(own)}`, params: [authorId, ...own.map(keyOf)] })
  if (either.length === 0) return { sql: '1 = 0', params: [] }
  return {
    sql: `(${either.map(({ sql }) => `(${sql})`).join(' or ')})`,
    params: either.flatMap(({ params }) => params),
  }
}

function keyOf({ channelId, threadId }: DraftPlace): string {
  return `${channelId} ${threadId ?? ''}`
}
