import type { Draft } from '../../db/entities/draft.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { searchable } from '../model/text/clean.ts'
import { withoutBlanks } from '../providers/embedded/outline/blanks.ts'
import { idiomMeaning } from '../providers/script/idioms.ts'
import { contentsOf, keywordFor, searchQueryFor } from '../providers/script/keywords.ts'
import { isByHand } from './by-hand.ts'
import type { Core } from './core.ts'
import type { EditableSegment } from './load.ts'

/** The fields a segment loses when its voice no longer matches its text. */
export const STALE_VOICE = { ttsLocalPath: null, ttsDuration: null, words: [], voiceError: null }
/** The fields a segment loses when its footage is to be replaced. The id stays, so that another one is chosen. */
export const STALE_FOOTAGE = { videoLocalPath: null, candidates: [], footageError: null }

type Words = Partial<Pick<Segment, 'keyword' | 'imageSearchQuery'>>
type Language = Pick<Draft, 'language' | 'isOutline'>

/** The keyword and search for a text; null if it contains nothing that could be shown, such as a blank. */
export function wordsFor(text: string, { language, isOutline }: Language): Required<Words> | null {
  const said = searchable(isOutline ? withoutBlanks(text) : text)
  if (contentsOf(said, language).length === 0 && idiomMeaning(said) === null) return null
  return { keyword: keywordFor(said, language), imageSearchQuery: searchQueryFor(said, language) }
}

/**
 * All changes to a segment when its text changes. Keyword and search follow if the new text suggests others than the old
 * one and no person has set them; chosen footage stays.
 */
export function withText(core: Core, draft: Language, segment: EditableSegment, text: string) {
  const before = wordsFor(segment.text, draft)
  const after = wordsFor(text, draft)
  const words: Words = {}
  const isPicked = isByHand(segment, 'footage')
  if (after && after.keyword !== before?.keyword && !isByHand(segment, 'keyword'))
    if (!(isPicked && showsKeyword(core, segment)))
      // A picture that was chosen with its word in it also keeps the word.
      words.keyword = after.keyword
  if (after && after.imageSearchQuery !== before?.imageSearchQuery && !isByHand(segment, 'search'))
    words.imageSearchQuery = after.imageSearchQuery
  const changed = differentFrom(segment, words)
  return { text, ...STALE_VOICE, ...changed, ...(isPicked ? {} : staleFootage(core, segment, changed)) }
}

/** What changed texts mean for a segment's footage. */
export function staleFootage(core: Core, segment: EditableSegment, words: Words): Partial<Segment> {
  const query = words.imageSearchQuery ?? segment.imageSearchQuery
  return {
    // The same picture with another word: nothing has to be avoided.
    ...(words.keyword !== undefined && showsKeyword(core, segment) && { ...STALE_FOOTAGE, videoId: null }),
    // Without a query, the keyword is searched for.
    ...(words.keyword !== undefined && query === '' && STALE_FOOTAGE),
    ...(words.imageSearchQuery !== undefined && STALE_FOOTAGE),
  }
}

function showsKeyword(core: Core, { videoProvider, videoId }: EditableSegment): boolean {
  const provider = core.providers.footage.find(({ name }) => name === videoProvider)
  return videoId !== null && (provider?.showsKeyword?.(videoId) ?? false)
}

function differentFrom(segment: EditableSegment, words: Words): Words {
  const { keyword, imageSearchQuery } = words
  return {
    ...(keyword !== undefined && keyword !== segment.keyword && { keyword }),
    ...(imageSearchQuery !== undefined &&
      imageSearchQuery !== segment.imageSearchQuery && { imageSearchQuery }),
  }
}
