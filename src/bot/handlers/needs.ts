import type { Verb } from '../view/action-id.ts'
import type { CommandSpec } from './commands.ts'

/** What can be done with a draft. To render is to write; it has a name of its own since it is what costs most. */
export const ACTS = ['see', 'write', 'render', 'delete'] as const
export type Act = (typeof ACTS)[number]

/**
 * What somebody has to be allowed to do. `create`: to write at the place where they are. `manage`: to look after the whole
 * workspace. `kept`: what the form that they
 * typed into needs. `nothing`: what shows only what they may see anyway, and changes nothing.
 */
export type Need = Act | 'create' | 'manage' | 'kept' | 'nothing'

/** For every button, menu item, select and form. What searches or fetches spends money, so it is writing. */
export const NEEDS: Record<Verb, Need> = {
  render_form: 'render',
  render: 'render',
  retry_render: 'render',
  cancel: 'write',
  reopen: 'write',
  add_form: 'write',
  add: 'write',
  undo: 'write',
  redo: 'write',
  history: 'see',
  restore: 'write',
  settings_form: 'write',
  language_form: 'write',
  settings: 'write',
  delete_ask: 'delete',
  delete: 'delete',
  retry_create: 'write',
  write_again: 'write',
  retry_ahead: 'write',
  retry_assets: 'write',
  edit_form: 'write',
  edit: 'write',
  footage: 'write',
  pick: 'write',
  refetch: 'write',
  revoice: 'write',
  move_up: 'write',
  move_down: 'write',
  insert_form: 'write',
  split: 'write',
  merge: 'write',
  remove: 'write',
  rewrite_form: 'write',
  rewrite: 'write',
  play: 'write',
  other_topic: 'write',
  again: 'kept',
  apply_mine: 'kept',
  rewrite_apply: 'kept',
  render_anyway: 'kept',
  create_form: 'create',
  create: 'create',
  open: 'see',
  list_page: 'nothing',
  keep_theirs: 'nothing',
  dismiss: 'nothing',
  pronunciation_form: 'manage',
  pronunciation: 'manage',
  more_form: 'kept',
  more: 'kept',
  start: 'kept',
  upload_form: 'render',
  upload: 'render',
  upload_details_form: 'render',
  upload_details: 'render',
  publish: 'render',
  cancel_upload: 'render',
  account_check: 'manage',
  // It makes clips, and where a private answer carries no file it posts a message.
  watch: 'write',
  approve: 'write',
  withdraw: 'write',
  about: 'see',
  download: 'see',
  look_form: 'write',
  arrange_form: 'write',
  arrange: 'write',
  move_form: 'write',
  move: 'write',
  whole_menu: 'write',
  note_form: 'write',
  note: 'write',
  notes: 'see',
  note_resolve: 'write',
  note_done: 'write',
  note_reopen: 'write',
  note_delete: 'write',
  proposal_accept: 'write',
  proposal_form: 'write',
  proposal: 'write',
  proposal_dismiss: 'write',
  pick_number: 'write',
  approvals_form: 'write',
  studio: 'see',
  // They end sessions of the person who asks.
  session_end: 'nothing',
  sessions_end: 'nothing',
  sessions_end_all: 'manage',
  // It takes the processor, and posts a message.
  bundle: 'write',
  webhook_form: 'manage',
  webhook: 'manage',
}

/** For every command. Lists show what the person may see, and nothing else. */
export const COMMAND_NEEDS: Record<CommandSpec['name'], Need> = {
  create: 'create',
  show: 'see',
  delete: 'delete',
  history: 'see',
  jobs: 'see',
  list: 'nothing',
  settings: 'manage',
  help: 'nothing',
  account: 'manage',
  token: 'manage',
  sessions: 'nothing',
}
