/** Everything that a button, menu item, select or form can request. */
export const VERBS = [
  'render_form',
  'render',
  'cancel',
  'reopen',
  'add_form',
  'add',
  'undo',
  'redo',
  'history',
  'restore',
  'settings_form',
  'language_form',
  'settings',
  'delete_ask',
  'delete',
  'retry_create',
  'write_again',
  'retry_render',
  'retry_ahead',
  'retry_assets',
  'edit_form',
  'edit',
  'footage',
  'pick',
  'refetch',
  'revoice',
  'move_up',
  'move_down',
  'insert_form',
  'split',
  'merge',
  'remove',
  'rewrite_form',
  'rewrite',
  'rewrite_apply',
  'play',
  'again',
  'apply_mine',
  'keep_theirs',
  'create',
  'other_topic',
  'create_form',
  'list_page',
  'open',
  'dismiss',
  'pronunciation_form',
  'pronunciation',
  'render_anyway',
  'more_form',
  'more',
  'start',
  'upload_form',
  'upload',
  'upload_details_form',
  'upload_details',
  'publish',
  'cancel_upload',
  'account_check',
  'watch',
  'approve',
  'withdraw',
  'about',
  'download',
  'look_form',
  'arrange_form',
  'arrange',
  'move_form',
  'move',
  'whole_menu',
  'note_form',
  'note',
  'notes',
  'note_resolve',
  'note_done',
  'note_reopen',
  'note_delete',
  'proposal_accept',
  'proposal_form',
  'proposal',
  'proposal_dismiss',
  'pick_number',
  'approvals_form',
  'studio',
  'session_end',
  'sessions_end',
  'sessions_end_all',
  'bundle',
  'webhook_form',
  'webhook',
  'upload_category_form',
] as const
export type Verb = (typeof VERBS)[number]

export interface Action {
  verb: Verb
  /** Empty if no draft is concerned. */
  draftId: string
  /** 0 if no segment is concerned. */
  segmentId: number
  /** The version that the person saw, a page, a revision or the id of a saved form, depending on the verb. */
  number: number
}

/** Action ids are custom_ids on Discord, at most 100 characters: https://discord.com/developers/docs/components/reference */
export function encodeAction(verb: Verb, draftId = '', segmentId = 0, number = 0): string {
  return [verb, draftId, segmentId, number].join(':')
}

/** Null for ids that aren't ours, or that come from a version of Rushes with other verbs. */
export function decodeAction(id: string): Action | null {
  const [verb, draftId, segmentId, number, ...rest] = id.split(':')
  const known = VERBS.find((each) => each === verb)
  if (!known || draftId === undefined || rest.length > 0) return null
  const numbers = [segmentId, number].map((part) =>
    /^\d{1,15}$/.test(part ?? '') ? Number(part) : Number.NaN,
  )
  const [segment, extra] = numbers
  if (segment === undefined || extra === undefined || Number.isNaN(segment) || Number.isNaN(extra))
    return null
  return { verb: known, draftId, segmentId: segment, number: extra }
}
