import { DraftEntity, type Status } from '../../db/entities/draft.ts'
import type { EntityManager } from '../../db/types.ts'

/** Events that move a draft from one status to another. */
export type StatusEvent =
  | 'assets_complete'
  | 'asset_stale'
  | 'finalize'
  | 'rendered'
  | 'render_ended'
  | 'render_ended_incomplete'
  | 'reopen'

interface Move {
  from: readonly Status[]
  to: Status
}

/** All transitions. In any other status, an event has no effect. */
export const MOVES: Record<StatusEvent, Move> = {
  assets_complete: { from: ['editing'], to: 'assets_ready' },
  asset_stale: { from: ['assets_ready'], to: 'editing' },
  finalize: { from: ['editing', 'assets_ready'], to: 'converting' },
  rendered: { from: ['converting'], to: 'finalized' },
  render_ended: { from: ['converting'], to: 'assets_ready' },
  render_ended_incomplete: { from: ['converting'], to: 'editing' },
  reopen: { from: ['finalized'], to: 'assets_ready' },
}

/**
 * Moves a draft with one guarded update, so that of two concurrent callers only one succeeds.
 * @returns whether this call moved it.
 */
export async function moveStatus(
  em: EntityManager,
  draftId: string,
  event: StatusEvent,
  now: Date,
): Promise<boolean> {
  const { from, to } = MOVES[event]
  const moved = await em.nativeUpdate(
    DraftEntity,
    { draftId, status: { $in: [...from] } },
    { status: to, updatedAt: now, expiryNoticeAt: null },
  )
  return moved === 1
}
