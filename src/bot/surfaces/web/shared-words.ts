/** Groups of choices: names by value. */
const NAMED = ['privacy', 'declaration', 'categories'] as const

/**
 * The texts that the studio shares with the chats, by their keys in the catalogue. The catalogue itself stays on the
 * server, because it imports much that a browser cannot load. Plain sentences only, without parameters.
 */
export const SHARED = {
  buttons: [
    ...['render', 'cancel', 'reopen', 'addSegment', 'undo', 'redo', 'history'],
    ...['settings', 'delete', 'reallyDelete', 'keep', 'renderAllTheSame', 'fillInFirst', 'retry'],
    ...['footage', 'revoice', 'play', 'more', 'split', 'merge'],
    ...['remove', 'rewrite', 'useThis', 'editAgain', 'applyMine', 'keepText', 'otherFootage', 'approve'],
    ...['withdraw', 'note', 'writeNote', 'resolve', 'reopenNote', 'deleteNote', 'accept', 'editSuggestion'],
    ...['dismiss', 'older'],
  ],
  form: [
    ...[
      'create',
      'save',
      'start',
      'narration',
      'search',
      'searchHint',
      'keyword',
      'duration',
      'durationHint',
    ],
    ...[
      'title',
      'description',
      'tags',
      'template',
      'music',
      'volume',
      'instruction',
      'instructionHint',
      'topic',
    ],
    ...['topicHint', 'script', 'format', 'targetDuration', 'style'],
    ...['language', 'auto', 'noteText'],
  ],
  status: ['editing', 'assets_ready', 'converting', 'finalized'],
  format: ['shorts', 'landscape', 'square'],
  template: ['clean', 'entertainment', 'news', 'minimal'],
  mood: ['calm', 'energetic', 'happy', 'dramatic', 'mysterious', 'uplifting'],
  upload: [
    ...['form', 'submit', 'descriptionHint', 'visibility', 'declare', 'detailsForm'],
    ...['cancel', 'publish', 'details', 'category', 'watch'],
    ...NAMED,
  ],
} as const

type Name<Group extends keyof typeof SHARED> = Exclude<(typeof SHARED)[Group][number], (typeof NAMED)[number]>

export type SharedWords = {
  [Group in keyof typeof SHARED]: Record<Name<Group>, string>
} & { upload: Record<(typeof NAMED)[number], Record<string, string>> }
