import { wordsFor } from '../words/index.ts'
import { shorten } from './shorten.ts'
import type { Announcement } from './types.ts'

/** What is posted in a channel when a draft is started, and its thread's name, in the draft's language. */
export function openingOf(
  author: string | null,
  subject: string,
  language: string | undefined,
): { name: string; announcement: Announcement } {
  const words = wordsFor(language)
  const summary = words.draft.announce(author || words.somebody, subject)
  return {
    name: shorten(subject === '' ? words.draft.untitled : subject, 90),
    announcement: {
      summary,
      tone: 'neutral',
      blocks: [{ type: 'text', text: summary }],
      noThread: words.draft.noThread,
    },
  }
}
