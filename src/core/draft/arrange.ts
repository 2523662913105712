import { type Segment, SegmentEntity } from '../../db/entities/segment.ts'
import { UserError } from '../model/errors.ts'
import { LIMITS } from '../model/limits.ts'
import { searchable } from '../model/text/clean.ts'
import { keywordFor, searchQueryFor } from '../providers/script/keywords.ts'
import { splitSentences } from '../providers/script/split.ts'
import { isByHand, markByHand } from './by-hand.ts'
import type { Core } from './core.ts'
import { emptySegment } from './create.ts'
import { cutAt, wordStarts } from './cut-at.ts'
import { type Editing, editDraft } from './edit.ts'
import { markEdited, type SegmentChange } from './edit-segment.ts'
import { STALE_FOOTAGE, STALE_VOICE, withText, wordsFor } from './follow-text.ts'
import { findSegment } from './load.ts'
import type { EditScope } from './scope.ts'
import { cleanWords, isSpeakable, requireNarration } from './validate.ts'

/** Adds a segment after another one, or at the beginning if `afterSegmentId` is null. */
export async function insertSegment(
  core: Core,
  scope: EditScope,
  afterSegmentId: number | null,
  content: Pick<SegmentChange, 'searchQuery' | 'keyword'> & { text: string },
): Promise<boolean> {
  const text = requireNarration(content.text)
  const query = cleanWords('searchQuery', content.searchQuery ?? '', LIMITS.searchQuery)
  const keyword = cleanWords('keyword', content.keyword ?? '', LIMITS.keyword)
  return editDraft(core, scope, async (editing) => {
    const { draft, segments } = editing
    if (segments.length >= LIMITS.segments) throw new UserError('too_many_segments', { max: LIMITS.segments })
    const index = afterSegmentId === null ? 0 : findSegment(segments, afterSegmentId).segmentIndex + 1
    const added = await addSegment(editing, scope, {
      text,
      keyword: keyword || keywordFor(searchable(text), draft.language),
      imageSearchQuery: query || searchQueryFor(searchable(text), draft.language),
      ...markByHand({ byHand: '' }, { keyword: keyword !== '', search: query !== '' }),
    })
    return {
      action: { code: 'segment_added', segment: index + 1 },
      segments: segments.toSpliced(index, 0, added),
    }
  })
}

/** @throws UserError if it is the only one. */
export async function removeSegment(core: Core, scope: EditScope, segmentId: number): Promise<boolean> {
  return editDraft(core, scope, ({ em, segments }) => {
    const segment = findSegment(segments, segmentId)
    if (segments.length === 1) throw new UserError('too_few_segments')
    em.remove(em.getReference(SegmentEntity, segment.id))
    return {
      action: { code: 'segment_removed', segment: segment.segmentIndex + 1 },
      segments: segments.filter(({ id }) => id !== segmentId),
    }
  })
}

/** Moves a segment by one position. @throws UserError if it is already at that end. */
export async function moveSegment(
  core: Core,
  scope: EditScope,
  segmentId: number,
  direction: 'up' | 'down',
): Promise<boolean> {
  return editDraft(core, scope, ({ segments }) => {
    const segment = findSegment(segments, segmentId)
    const index = segment.segmentIndex
    const target = direction === 'up' ? index - 1 : index + 1
    if (target < 0 || target >= segments.length) throw new UserError('cannot_move')
    return {
      action: { code: 'segment_moved', segment: target + 1 },
      segments: segments.toSpliced(index, 1).toSpliced(target, 0, segment),
    }
  })
}

/**
 * Splits a segment in two, at the end of a sentence near its middle, or before the word that starts closest to `at`.
 * @param at seconds from the beginning of the segment.
 * @throws UserError if there is no such position.
 */
export async function splitSegment(
  core: Core,
  scope: EditScope,
  segmentId: number,
  at?: number,
): Promise<boolean> {
  return editDraft(core, scope, async (editing) => {
    const { draft, segments, nextVersion, now } = editing
    if (segments.length >= LIMITS.segments) throw new UserError('too_many_segments', { max: LIMITS.segments })
    const segment = findSegment(segments, segmentId)
    const [first, second] =
      at === undefined
        ? halves(segment.text, draft.language)
        : cutAt(segment.text, await wordStarts(editing, segment), at)
    const { keyword, imageSearchQuery } = wordsFor(second, draft) ?? segment
    const isSearched = isByHand(segment, 'search')
    const added = await addSegment(editing, scope, {
      text: second,
      keyword,
      // Footage chosen by a person is shown in both.
      imageSearchQuery: isSearched ? segment.imageSearchQuery : imageSearchQuery,
      ...markByHand({ byHand: '' }, { search: isSearched }),
    })
    Object.assign(segment, withText(core, draft, segment, first), { duration: null })
    markEdited(segment, scope, nextVersion, now)
    return {
      action: { code: 'segment_split', segment: segment.segmentIndex + 1 },
      segments: segments.toSpliced(segment.segmentIndex + 1, 0, added),
    }
  })
}

/** Merges a segment with the next one; the first one's footage follows the longer text. @throws UserError if it is the last. */
export async function mergeSegment(core: Core, scope: EditScope, segmentId: number): Promise<boolean> {
  return editDraft(core, scope, ({ em, draft, segments, nextVersion, now }) => {
    const segment = findSegment(segments, segmentId)
    const next = segments[segment.segmentIndex + 1]
    if (!next) throw new UserError('cannot_merge')
    const text = `${segment.text} ${next.text}`
    if (text.length > LIMITS.narration) throw new UserError('merged_too_long', { max: LIMITS.narration })
    const mergedFrom = [segment.mergedFrom, next.id, next.mergedFrom].join(' ').trim()
    Object.assign(segment, withText(core, draft, segment, text), { duration: null, mergedFrom })
    markEdited(segment, scope, nextVersion, now)
    em.remove(em.getReference(SegmentEntity, next.id))
    return {
      action: { code: 'segments_merged', segment: segment.segmentIndex + 1 },
      segments: segments.filter(({ id }) => id !== next.id),
    }
  })
}

/** Re-records the same text. */
export async function revoiceSegment(core: Core, scope: EditScope, segmentId: number): Promise<boolean> {
  return editDraft(core, scope, ({ segments, nextVersion, now }) => {
    const segment = findSegment(segments, segmentId)
    Object.assign(segment, STALE_VOICE, { voiceTake: segment.voiceTake + 1 })
    markEdited(segment, scope, nextVersion, now)
    return { action: { code: 'revoiced', segment: segment.segmentIndex + 1 }, segments }
  })
}

/** Searches for footage again; earlier footage is only chosen if there is nothing else. */
export async function refetchFootage(core: Core, scope: EditScope, segmentId: number): Promise<boolean> {
  return editDraft(core, scope, ({ segments, nextVersion, now }) => {
    const segment = findSegment(segments, segmentId)
    Object.assign(segment, STALE_FOOTAGE, markByHand(segment, { footage: false }))
    markEdited(segment, scope, nextVersion, now)
    return { action: { code: 'footage_refetched', segment: segment.segmentIndex + 1 }, segments }
  })
}

async function addSegment(
  { em, draft, segments, nextVersion, now }: Editing,
  scope: EditScope,
  fields: Pick<Segment, 'text' | 'keyword' | 'imageSearchQuery' | 'byHand'>,
): Promise<Segment> {
  // Moved to the end until all are in order, because an index can only be used by one segment at a time.
  const added = em.create(SegmentEntity, {
    ...emptySegment(draft.draftId, now),
    ...fields,
    segmentIndex: segments.length,
    editedById: scope.actor.id,
    editedByName: scope.actor.name,
    version: nextVersion,
  })
  await em.flush()
  return added
}

function halves(text: string, language: string): [string, string] {
  const sentences: string[] = []
  for (const sentence of splitSentences(text, language)) {
    // Unspeakable characters (an emoji after the full stop) stay with the preceding sentence.
    const before = sentences.pop()
    if (before === undefined) sentences.push(sentence)
    else if (isSpeakable(sentence) && isSpeakable(before)) sentences.push(before, sentence)
    else sentences.push(`${before} ${sentence}`)
  }
  if (sentences.length < 2) throw new UserError('cannot_split')
  const cut = bestCut(sentences)
  return [sentences.slice(0, cut).join(' '), sentences.slice(cut).join(' ')]
}

/** The cut that makes both sides most similar in length. */
function bestCut(sentences: string[]): number {
  const difference = (cut: number) =>
    Math.abs(sentences.slice(0, cut).join(' ').length - sentences.slice(cut).join(' ').length)
  let best = 1
  for (let cut = 2; cut < sentences.length; cut += 1) if (difference(cut) < difference(best)) best = cut
  return best
}
