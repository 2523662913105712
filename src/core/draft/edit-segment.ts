import type { Segment } from '../../db/entities/segment.ts'
import { StaleEditError } from '../model/errors.ts'
import { FPS, framesOf } from '../model/formats.ts'
import { LIMITS } from '../model/limits.ts'
import type { Core } from './core.ts'
import { editDraft } from './edit.ts'
import { type EditableSegment, findSegment } from './load.ts'
import type { EditScope } from './scope.ts'
import { cleanWords, requireNarration, requireNumber } from './validate.ts'

export interface SegmentChange {
  text?: string | undefined
  searchQuery?: string | undefined
  keyword?: string | undefined
  /** Seconds; null for as long as the voice. */
  duration?: number | null | undefined
}

export interface SegmentEdit {
  segmentId: number
  change: SegmentChange
  /** The version that the editor saw; undefined to overwrite whatever is there. */
  seenVersion?: number | undefined
}

/**
 * Changes words of one segment. A new text is recorded and a new query searched for without being asked.
 * @returns whether anything changed.
 * @throws StaleEditError when somebody else has changed the segment since; UserError for bad values.
 */
export async function editSegment(core: Core, scope: EditScope, edit: SegmentEdit): Promise<boolean> {
  const wanted = cleanChange(edit.change)
  return editDraft(core, scope, ({ segments, nextVersion, now }) => {
    const segment = findSegment(segments, edit.segmentId)
    const fields = differences(segment, wanted)
    if (Object.keys(fields).length === 0) return null
    if (edit.seenVersion !== undefined && segment.version !== edit.seenVersion)
      throw new StaleEditError(segment.editedByName ?? '')
    Object.assign(segment, fields, staleAssets(core, segment, fields))
    markEdited(segment, scope, nextVersion, now)
    return { action: { code: codeOf(fields), segment: segment.segmentIndex + 1 }, segments }
  })
}

/** Says who changed a segment last, and gives it a version that nobody has seen. */
export function markEdited(segment: EditableSegment, scope: EditScope, version: number, now: Date): void {
  segment.editedById = scope.actor.id
  segment.editedByName = scope.actor.name
  segment.version = version
  segment.updatedAt = now
}

/** What a segment loses when its text is no longer what its voice says. */
export const STALE_VOICE = { ttsLocalPath: null, ttsDuration: null, words: [], voiceError: null }
/** What a segment loses when its footage is to be fetched again. The id stays, so that another one is chosen. */
export const STALE_FOOTAGE = { videoLocalPath: null, candidates: [], footageError: null }

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
  return framesOf(requireNumber('duration', duration, LIMITS.segmentDuration, 'seconds')) / FPS
}

function differences(segment: EditableSegment, wanted: Fields): Fields {
  const different = Object.entries(wanted).filter(([name, value]) => segment[name as keyof Fields] !== value)
  return Object.fromEntries(different)
}

function staleAssets(core: Core, segment: EditableSegment, fields: Fields): Partial<Segment> {
  const shown = core.providers.footage.find(({ name }) => name === segment.videoProvider)
  const isShown = segment.videoId !== null && shown?.showsKeyword?.(segment.videoId)
  const query = fields.imageSearchQuery ?? segment.imageSearchQuery
  return {
    ...(fields.text !== undefined && STALE_VOICE),
    // The same picture with another word in it: nothing is to be avoided.
    ...(fields.keyword !== undefined && isShown && { ...STALE_FOOTAGE, videoId: null }),
    // Without a query the keyword is what is searched for.
    ...(fields.keyword !== undefined && query === '' && STALE_FOOTAGE),
    ...(fields.imageSearchQuery !== undefined && STALE_FOOTAGE),
  }
}

function codeOf(fields: Fields): string {
  if (fields.text !== undefined) return 'text_edited'
  if (fields.imageSearchQuery !== undefined) return 'query_edited'
  return fields.keyword !== undefined ? 'keyword_edited' : 'duration_edited'
}
