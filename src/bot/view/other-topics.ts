import { hashOf } from '../../core/media/store/hash.ts'
import type { DraftView } from '../../core/model/read-models.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import { shorten } from './shorten.ts'
import type { Block } from './types.ts'

/** The topics suggested besides the draft's own, each with a way to start another draft. */
export function otherTopics({ draftId, otherTopics }: DraftView, words: Words): Block[] {
  if (otherTopics.length === 0) return []
  const options = otherTopics.map((topic) => ({ value: topicValue(topic), label: shorten(topic, 75) }))
  const select = { action: encodeAction('other_topic', draftId), label: words.draft.otherTopics, options }
  return [{ type: 'select', select }]
}

/** A topic's value in the select; topics may be longer than values can be. */
export function topicValue(topic: string): string {
  return hashOf(topic)
}
