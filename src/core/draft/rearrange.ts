import { RevisionEntity } from '../../db/entities/revision.ts'
import { SegmentEntity } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import { StaleEditError, UserError } from '../model/errors.ts'
import {
  type Arrangement,
  arrangementOf,
  hasSameOrder,
  type Listed,
  listed,
  readArrangement,
} from './arrangement.ts'
import type { Core } from './core.ts'
import { editDraft } from './edit.ts'
import { findDraft, findSegment, requireEditable } from './load.ts'
import { keptOrders } from './revisions.ts'
import type { EditScope } from './scope.ts'
import { requireNumber } from './validate.ts'

/** The list of a draft's segments for rearranging. @throws UserError if the draft can't be edited now. */
export async function openArrangement(core: Core, workspace: string, draftId: string): Promise<Arrangement> {
  requireEditable(await findDraft(core, workspace, draftId))
  return arrangementOf(await segmentsOf(core.db.fork(), draftId))
}

/**
 * Puts a draft's segments in the order of a list, and removes those missing from it. Segments keep their assets.
 * @param seen identifies the list that the person changed.
 * @returns whether anything changed.
 * @throws StaleEditError if someone else has moved, added or removed segments since; UserError for a list that can't be parsed.
 */
export async function rearrangeSegments(
  core: Core,
  scope: EditScope,
  typed: string,
  seen: number,
): Promise<boolean> {
  return editDraft(core, scope, async ({ em, draft, segments }) => {
    const ids = segments.map(({ id }) => id)
    if (!hasSameOrder(seen, ids)) throw new StaleEditError(await whoRearranged(em, draft, seen))
    const ordered = readArrangement(typed, segments, seen === arrangementOf(segments).seen)
    if (ordered.map(({ id }) => id).join() === ids.join()) return null
    for (const segment of segments)
      if (!ordered.includes(segment)) em.remove(em.getReference(SegmentEntity, segment.id))
    return { action: { code: 'segments_rearranged' }, segments: ordered }
  })
}

/**
 * A list that came too late, translated to current numbers: removed segments are left out, and new ones follow the segment
 * that they follow in the draft.
 * @returns both lists, and what identifies the draft's own.
 * @throws UserError if the list can't be parsed, or is so old that its numbers can't be resolved.
 */
export async function overPresentOrder(
  core: Core,
  { workspace, draftId }: EditScope,
  typed: string,
  seen: number,
): Promise<{ yours: string; theirs: string; seen: number }> {
  await findDraft(core, workspace, draftId)
  const em = core.db.fork()
  const segments = await segmentsOf(em, draftId)
  const meant = (await keptOrders(em, draftId)).find(({ ids }) => hasSameOrder(seen, ids))
  if (!meant) throw new UserError('form_expired')
  // Texts may have changed since, so only the numbers count.
  const then = meant.ids.map((id) => ({ id, text: '' }))
  const wanted = readArrangement(typed, then, false).map(({ id }) => id)
  const present = arrangementOf(segments)
  return {
    yours: listed(merged(wanted, meant.ids, segments), segments),
    theirs: present.text,
    seen: present.seen,
  }
}

function merged(wanted: readonly number[], before: readonly number[], segments: readonly Listed[]): Listed[] {
  const result = wanted.flatMap((id) => segments.filter((segment) => segment.id === id))
  for (const [index, segment] of segments.entries()) {
    if (before.includes(segment.id)) continue
    const follows = segments.slice(0, index).findLast((other) => result.includes(other))
    result.splice(follows ? result.indexOf(follows) + 1 : 0, 0, segment)
  }
  return result
}

/**
 * Moves a segment to a position, counted from 1.
 * @returns whether it was elsewhere before.
 * @throws UserError for a position that the draft doesn't have.
 */
export async function moveSegmentTo(
  core: Core,
  scope: EditScope,
  segmentId: number,
  place: number,
): Promise<boolean> {
  return editDraft(core, scope, ({ segments }) => {
    const segment = findSegment(segments, segmentId)
    const whole = Number.isInteger(place) ? place : Number.NaN
    requireNumber('place', whole, { min: 1, max: segments.length })
    const index = segment.segmentIndex
    if (index === place - 1) return null
    return {
      action: { code: 'segment_moved', segment: place },
      segments: segments.toSpliced(index, 1).toSpliced(place - 1, 0, segment),
    }
  })
}

/** Who last changed the order after it was seen; empty if that was undone, or if unknown. */
async function whoRearranged(
  em: EntityManager,
  { draftId, revision }: { draftId: string; revision: number },
  seen: number,
): Promise<string> {
  const orders = await keptOrders(em, draftId)
  const meant = orders.find(({ ids }) => hasSameOrder(seen, ids))
  const changes = orders.filter(
    ({ number, ids }, index) =>
      number <= revision && number > (meant?.number ?? 0) && ids.join() !== orders[index + 1]?.ids.join(),
  )
  const last = changes[0]
  if (!meant || !last) return ''
  return (
    (await em.findOne(RevisionEntity, { draftId, number: last.number }, { fields: ['actorName'] }))
      ?.actorName ?? ''
  )
}

/** The number of a draft's segments. */
export function countSegments(core: Core, draftId: string): Promise<number> {
  return core.db.fork().count(SegmentEntity, { draftId })
}

function segmentsOf(em: EntityManager, draftId: string): Promise<Listed[]> {
  return em.find(SegmentEntity, { draftId }, { orderBy: { segmentIndex: 'asc' }, fields: ['id', 'text'] })
}
