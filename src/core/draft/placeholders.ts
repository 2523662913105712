import type { Draft } from '../../db/entities/draft.ts'
import { JobEntity } from '../../db/entities/job.ts'
import type { Segment } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import { hashOf } from '../media/store/hash.ts'
import { UserError } from '../model/errors.ts'
import { blanksIn } from '../providers/embedded/outline/blanks.ts'
import { readPayload } from './payloads.ts'

type Outlined = Pick<Draft, 'isOutline'>

/** The number of an outline's segments with unfilled blanks. Other scripts have none, whatever brackets they contain. */
export function countPlaceholders(draft: Outlined, segments: readonly Pick<Segment, 'text'>[]): number {
  return segments.filter(({ text }) => keysIn(draft, text).length > 0).length
}

/**
 * Checks whether a draft may be rendered as it is. People are asked once about each blank, and again only if there is one
 * that no earlier render was requested with, for example after an undo. Call it in a transaction.
 * @param isAllowed true if the person wants it anyway.
 * @returns the blanks that the render is requested with. @throws UserError `placeholders_left`
 */
export async function requireFilledIn(
  em: EntityManager,
  draft: Pick<Draft, 'draftId' | 'isOutline'>,
  segments: readonly Pick<Segment, 'text'>[],
  isAllowed: boolean,
): Promise<string[]> {
  const left = [...new Set(segments.flatMap(({ text }) => keysIn(draft, text)))]
  if (left.length === 0 || isAllowed) return left
  const { draftId } = draft
  const renders = await em.find(JobEntity, { draftId, kind: 'finalize' }, { fields: ['payload'] })
  const known = new Set(renders.flatMap((job) => readPayload('finalize', job)?.placeholders ?? []))
  if (left.every((key) => known.has(key))) return left
  throw new UserError('placeholders_left', {
    count: countPlaceholders(draft, segments),
    total: segments.length,
  })
}

/** Identifies a blank by its words only, so that it stays the same when segments are moved, split or merged. */
function keysIn({ isOutline }: Outlined, text: string): string[] {
  if (!isOutline) return []
  return blanksIn(text).map((blank) => hashOf(blank.toLowerCase().replace(/\s+/g, ' ')).slice(0, 12))
}
