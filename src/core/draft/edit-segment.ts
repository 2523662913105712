import type { Segment } from '../../db/entities/segment.ts'
import { StaleEditError } from '../model/errors.ts'
import { FPS, framesOf } from '../model/formats.ts'
import { LIMITS } from '../model/limits.ts'
import { markByHand } from './by-hand.ts'
import type { Core } from './core.ts'
import { editDraft } from './edit.ts'
import { staleFootage, withText } from './follow-text.ts'
import { type EditableSegment, findSegment } from './load.ts'
import type { EditScope } from './scope.ts'
import { cleanWords, requireNarration, requireSeconds } from './validate.ts'

export interface SegmentChange {
  text?: string | undefined
  searchQuery?: string | undefined
  keyword?: string | undefined
  /** In seconds; null for the length of the voice. */
  duration?: number | null | undefined
}

export interface SegmentEdit {
  segmentId: number
  change: SegmentChange
  /** The version that the editor saw; undefined to overwrite the current one. */
  seenVersion?: number | undefined
}

/**
 * Changes the texts of one segment. A new text is recorded and a new query searched for automatically; keyword and search
 * follow a new text unless a person has set them.
 * @returns whether anything changed.
 * @throws StaleEditError if someone else has changed the segment since; UserError for invalid values.
 */
export async function editSegment(core: Core, scope: EditScope, edit: SegmentEdit): Promise<boolean> {
  const wanted = cleanChange(edit.change)
  return editDraft(core, scope, ({ draft, segments, nextVersion, now }) => {
    const segment = findSegment(segments, edit.segmentId)
    const fields = differences(segment, wanted)
    const { text } = fields
    if (Object.keys(fields).length === 0) return null
    if (edit.seenVersion !== undefined && segment.version !== edit.seenVersion)
      throw new StaleEditError(segment.editedByName ?? '')
    const asked = staleFootage(core, segment, fields)
    // Before the other fields follow the text: values entered in the same form are a person's choice.
    Object.assign(segment, markByHand(segment, marksOf(fields, asked)))
    const followed = text === undefined ? {} : withText(core, draft, segment, text)
    Object.assign(segment, followed, fields, asked)
    markEdited(segment, scope, nextVersion, now)
    return { action: { code: codeOf(fields), segment: segment.segmentIndex + 1 }, segments }
  })
}

/** Records who last changed a segment, and gives it a new version. */
export function markEdited(segment: EditableSegment, scope: EditScope, version: number, now: Date): void {
  segment.editedById = scope.actor.id
  segment.editedByName = scope.actor.name
  segment.version = version
  segment.updatedAt = now
}

type Fields = Partial<Pick<Segment, 'text' | 'imageSearchQuery' | 'keyword' | 'duration'>>

function cleanChange(change: SegmentChange): Fields {
  return {
    ...(change.text !== undefined && { text: requireNarration(change.text) }),
    ...(change.searchQuery !== undefined && {
      imageSearchQuery: cleanWords('searchQuery', change.searchQuery, LIMITS.searchQuery),
    }),
    ...(change.keyword !== undefined && { keyword: cleanWords('keyword', change.keyword, LIMITS.keyword) }),
    ...(change.duration !== undefined && { duration: cleanDuration(change.duration) }),
  }
}

function cleanDuration(duration: number | null): number | null {
  if (duration === null) return null
  return framesOf(requireSeconds('duration', duration, LIMITS.segmentDuration)) / FPS
}

function differences(segment: EditableSegment, wanted: Fields): Fields {
  const different = Object.entries(wanted).filter(([name, value]) => segment[name as keyof Fields] !== value)
  return Object.fromEntries(different)
}

/** Footage from a new search wasn't chosen by a person. */
function marksOf({ keyword, imageSearchQuery }: Fields, { videoLocalPath }: Partial<Segment>) {
  return {
    ...(keyword !== undefined && { keyword: true }),
    ...(imageSearchQuery !== undefined && { search: true }),
    ...(videoLocalPath === null && { footage: false }),
  }
}

function codeOf(fields: Fields): string {
  if (fields.text !== undefined) return 'text_edited'
  if (fields.imageSearchQuery !== undefined) return 'query_edited'
  return fields.keyword !== undefined ? 'keyword_edited' : 'duration_edited'
}
