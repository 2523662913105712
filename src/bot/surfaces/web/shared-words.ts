/**
 * The words that the studio has in common with the chats, by where they stand in their catalogue. The catalogue itself stays on the
 * server, since it knows much that a browser cannot load. Only plain sentences, none with something to fill in.
 */
export const SHARED = {
  buttons: [
    ...['render', 'cancel', 'reopen', 'watchVideo', 'download', 'addSegment', 'undo', 'redo', 'history'],
    ...[
      'settings',
      'delete',
      'reallyDelete',
      'keep',
      'renderAllTheSame',
      'fillInFirst',
      'retry',
      'writeAgain',
    ],
    ...['edit', 'footage', 'revoice', 'play', 'more', 'moveUp', 'moveDown', 'insertAfter', 'split', 'merge'],
    ...[
      'remove',
      'rewrite',
      'useThis',
      'editAgain',
      'applyMine',
      'keepText',
      'otherFootage',
      'watch',
      'approve',
    ],
    ...['withdraw', 'note', 'writeNote', 'resolve', 'reopenNote', 'deleteNote', 'accept', 'editSuggestion'],
    ...['dismiss', 'useSuggestion', 'newer', 'older'],
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
    ...['topicHint', 'script', 'scriptHint', 'format', 'targetDuration', 'targetDurationHint', 'style'],
    ...['language', 'auto', 'newNote', 'noteText'],
  ],
  status: ['editing', 'assets_ready', 'converting', 'finalized'],
  jobState: ['queued', 'running', 'done', 'failed', 'cancelled'],
  format: ['shorts', 'landscape', 'square'],
  template: ['clean', 'entertainment', 'news', 'minimal'],
  mood: ['calm', 'energetic', 'happy', 'dramatic', 'mysterious', 'uplifting'],
} as const

export type SharedWords = {
  [Group in keyof typeof SHARED]: Record<(typeof SHARED)[Group][number], string>
}
