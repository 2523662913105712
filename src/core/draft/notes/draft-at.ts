import type { Place } from '../../model/people.ts'
import type { Core } from '../core.ts'

export interface DraftAt {
  draftId: string
  /** The segment replied to; null for none. */
  segmentId: number | null
}

/**
 * The draft that a message at a place concerns: the one whose message it replies to, or else the newest one that lives there.
 */
export async function draftAt(
  core: Core,
  { surface, workspace, channelId, threadId }: Place,
  answered: string | null,
): Promise<DraftAt | null> {
  const em = core.db.fork()
  const [message]: { draft_id: string; segment_id: number | null }[] = await em.execute(
    `select m.draft_id, s.id as segment_id from thread_messages m join drafts d on d.draft_id = m.draft_id
       left join draft_segments s on s.draft_id = m.draft_id and m.slot = 'segment:' || s.segment_index
       where m.message_id = ? and m.surface = ? and d.workspace = ?`,
    [answered ?? '', surface, workspace],
  )
  if (answered !== null && message) return { draftId: message.draft_id, segmentId: message.segment_id }
  const [here]: { draft_id: string }[] = await em.execute(
    `select draft_id from drafts where surface = ? and workspace = ? and channel_id = ? and thread_id is ?
       order by created_at desc, id desc limit 1`,
    [surface, workspace, channelId, threadId],
  )
  return here ? { draftId: here.draft_id, segmentId: null } : null
}
