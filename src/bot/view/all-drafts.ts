import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import type { Button } from './types.ts'

/** The button to all drafts, for a person who didn't find one. */
export function allDrafts(words: Words): Button {
  return { action: encodeAction('list_page'), label: words.buttons.allDrafts }
}
