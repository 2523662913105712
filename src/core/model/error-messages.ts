import { FIELDS, type Field } from './fields.ts'
import { languageNameIn } from './language-name.ts'
import { englishName } from './provider-names.ts'
import { ENGLISH_UNUSABLE, type Unusable, type UnusableFile } from './unusable.ts'
import { ENGLISH_REFUSALS, type UploadRefusal } from './upload-refusals.ts'
import { ENGLISH_ADDRESS_TROUBLES, type WebhookAddressTrouble } from './webhooks.ts'

/** Whose limit was reached. */
export type Whose = 'person' | 'workspace'
const FOR: Record<Whose, string> = { person: 'per person', workspace: 'for this workspace' }
/** The name of a limit's setting. */
const settingOf = (limit: string, whose: Whose) => (whose === 'person' ? limit : `${limit}_PER_WORKSPACE`)

export type Unit = 'percent' | ''

/** Whole seconds or minutes, as people read them. */
function lengthOf(seconds: number): string {
  const [count, unit] = seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** Every error message of core for people, in English. Other languages: src/bot/words. */
const MESSAGES = {
  topic_or_script_missing: () => 'Enter a topic or a script.',
  text_has_control_characters: (p: { field: Field }) =>
    `${FIELDS[p.field]} contains control characters. Only ordinary text and line breaks are allowed.`,
  text_empty: (p: { field: Field }) => `${FIELDS[p.field]} cannot be empty.`,
  language_not_spoken: (p: { field: Field; allowed: string }) =>
    `${FIELDS[p.field]} is in a language that no voice here speaks. Available languages: ${p.allowed}.`,
  language_not_written: (p: { language: string; written: string }) =>
    `No script service is set up here for the language “${p.language}”. Enter your own script, or choose one of these languages: ${p.written}.`,
  text_without_words: (p: { field: Field }) => `${FIELDS[p.field]} has no words that can be spoken.`,
  text_too_long: (p: { field: Field; length: number; max: number }) =>
    `${FIELDS[p.field]} has ${p.length} characters; at most ${p.max} are allowed.`,
  number_out_of_range: (p: { field: Field; min: number; max: number; unit: Unit }) =>
    `${FIELDS[p.field]} must be a number from ${p.min} to ${p.max}${p.unit === '' ? '' : ` ${p.unit}`}.`,
  duration_out_of_range: (p: { field: Field; min: number; max: number }) =>
    `${FIELDS[p.field]} must be from ${lengthOf(p.min)} to ${lengthOf(p.max)}, for example 90, 90s, 1:30 or 2 min.`,
  not_a_choice: (p: { field: Field; value: string; allowed: string }) =>
    `${FIELDS[p.field]} cannot be “${p.value}”. Allowed: ${p.allowed}.`,
  too_many_tags: (p: { max: number; maxLength: number }) =>
    `You can add up to ${p.max} tags, each up to ${p.maxLength} characters long.`,
  pronunciation_line: (p: { field: Field; line: string }) =>
    `“${p.line}” cannot be used. Write one entry per line, like this: NASA = nassa.`,
  too_many_pronunciations: (p: { field: Field; max: number }) =>
    `The pronunciation list can have at most ${p.max} entries.`,
  call_to_action_letters: (p: { field: Field }) =>
    `${FIELDS[p.field]} has no letters that can be shown in a video.`,
  logo_unusable: (p: { field: Field; why: Unusable }) =>
    `The logo cannot be used: ${p.why === 'unknown' ? 'it is not a picture; send a PNG or JPEG' : ENGLISH_UNUSABLE[p.why]}.`,
  logo_not_fetched: (p: { field: Field; megabytes: number }) =>
    `The logo could not be downloaded. Upload it again; it can have up to ${p.megabytes} MB.`,
  draft_not_found: (p: { draftId: string }) => `There is no draft “${p.draftId}” here.`,
  draft_ambiguous: (p: { words: string; drafts: string }) =>
    `Several drafts match “${p.words}”: ${p.drafts}. Use the ID of one of them.`,
  segment_not_found: () => 'That segment is no longer in the draft.',
  candidate_not_found: () => 'That footage is no longer among the choices. Search again.',
  revision_not_found: (p: { number: number }) => `There is no revision ${p.number} in this draft's history.`,
  list_expired: () => 'This list has expired. Type /draft list again.',
  form_expired: () => 'This form has expired. Open it again from the draft.',
  rewrite_not_configured: () => 'Rewriting needs a script service such as OpenAI, and none is set up.',
  job_not_found: () => 'There is no such job here.',
  draft_busy: () => 'This draft is rendering. Wait until it is done, or cancel the render first.',
  placeholders_left: (p: { count: number; total: number }) =>
    `${p.count} of ${p.total} ${p.total === 1 ? 'segment' : 'segments'} ${p.count === 1 ? 'is still a placeholder' : 'are still placeholders'}: render all the same?`,
  draft_already_rendering: () => 'Someone has already started rendering this draft.',
  draft_finalized: () => 'This draft is finished. Press Make changes first.',
  draft_not_finalized: () => 'This draft is not finished, so you can change it as it is.',
  no_video: () => 'There is no finished video of this draft any more. Render it again.',
  nothing_to_cancel: () => 'Nothing is in progress for this draft, so there is nothing to cancel.',
  assets_missing: (p: { segments: string }) =>
    `Footage or a voice is missing in ${p.segments.includes(',') ? 'segments' : 'segment'} ${p.segments}. Press Retry there, or change the text or the footage search.`,
  nothing_to_undo: () => 'There is nothing to undo.',
  nothing_to_redo: () => 'There is nothing to redo.',
  too_few_segments: () => 'A draft needs at least one segment.',
  too_many_segments: (p: { max: number }) => `A draft can have at most ${p.max} segments.`,
  cannot_move: () => 'This segment cannot move any further that way.',
  cannot_split: () => 'This segment is a single sentence, so it cannot be split.',
  cannot_merge: () => 'This is the last segment, so there is no next one to merge with.',
  merged_too_long: (p: { max: number }) =>
    `The two narrations together are longer than ${p.max} characters, so they cannot be merged.`,
  upload_not_configured: () => 'Uploading needs a YouTube account, and none is connected.',
  disk_full: () =>
    'The disk is full. Everything saved so far is still there. Ask an admin to free up some space, then try again.',
  database_busy: () => 'The database is busy. Nothing was changed. Try again in a moment.',
  database_failed: () =>
    'The database cannot be read or written: the disk is full or failing. Ask an admin to check it, then try again.',
  database_read_only: () =>
    'The database cannot be written to, so nothing was changed. Ask an admin to check the permissions of its file.',
  database_damaged: () =>
    'The database is damaged. Nothing was changed. Ask an admin to restore it from a backup.',
  disk_low: (p: { freeMegabytes: number; neededMegabytes: number }) =>
    `Only ${p.freeMegabytes} MB of disk space is free, and ${p.neededMegabytes} MB is needed. Ask an admin to free up some space, then try again.`,
  ffmpeg_missing: (p: { detail: string }) => `No usable ffmpeg was found: ${p.detail}`,
  ffmpeg_failed: (p: { detail: string }) => `ffmpeg failed: ${p.detail}`,
  cancelled: () => 'Cancelled.',
  voice_failed: (p: { detail: string }) => `The voice could not be recorded: ${p.detail}`,
  footage_failed: (p: { detail: string }) => `The footage could not be loaded: ${p.detail}`,
  footage_not_found: () => 'No footage matches this search. Try different words.',
  file_unusable: ({ name, why }: UnusableFile) =>
    `“${name}” cannot be used: ${ENGLISH_UNUSABLE[why] ?? ENGLISH_UNUSABLE.unknown}.`,
  file_too_large: (p: { megabytes: number }) =>
    `This file is too large: at most ${p.megabytes} MB are allowed. Make it shorter or smaller.`,
  upload_broken_off: () => 'The file did not arrive whole. Nothing was changed. Try again.',
  script_failed: (p: { detail: string }) => `The script could not be written: ${p.detail}`,
  music_failed: (p: { detail: string }) => `The music could not be loaded: ${p.detail}`,
  other_voice: (p: { provider: string }) =>
    `Voice used instead: ${englishName(p.provider) ?? 'another one'}.`,
  language_guessed: (p: { language: string }) =>
    `The script seems to be in ${languageNameIn('en', p.language)}. If it is not, change the language.`,
  ended_too_often: (p: { times: number }) => `Rushes stopped ${p.times} times while working on this.`,
  internal_failure: () => 'Something went wrong in Rushes. The log has the details.',
  script_refused: () => 'The script service declined this topic. Try different words.',
  not_to_be_approved: (p: { segments: string }) =>
    `A voice or footage is still missing in ${p.segments.includes(',') ? 'segments' : 'segment'} ${p.segments}. Approve the draft once everything is there.`,
  footage_coming: () => 'The footage that was chosen is not there yet. Approve the draft once it is.',
  approval_outdated: () => 'The draft has changed since this was shown. Look at it again, then approve it.',
  approvals_missing: (p: { needed: number; standing: number; role: string; people: string }) =>
    `This draft needs ${p.needed} ${p.needed === 1 ? 'approval' : 'approvals'}${p.role === '' ? '' : ` from ${p.role}`} before it can be rendered, and has ${p.standing}.${p.people === '' ? '' : ` Not approved yet by ${p.people}.`}`,
  approvals_unknown: (p: { role: string }) =>
    `I can't tell right now who is in ${p.role}, so their approvals don't count. Try again in a minute.`,
  approval_void: () => 'The draft is no longer what was approved. Look at it again, then approve it.',
  role_not_found: (p: { field: Field }) =>
    `${FIELDS[p.field]} could not be found. It may have been deleted. Choose another one.`,
  not_allowed_to_lower: () =>
    'Only people who manage this workspace can lower the number of approvals or change who gives them.',
  watch_not_yet: (p: { segments: string }) =>
    `${p.segments.includes(',') ? 'Segments' : 'Segment'} ${p.segments} ${p.segments.includes(',') ? 'are' : 'is'} still getting a voice or footage. Press Watch again when everything is there.`,
  watch_too_long: (p: { megabytes: number }) =>
    `This draft is too long for a preview that fits into ${p.megabytes} MB. Play its segments one by one.`,
  nothing_to_withdraw: () => "You haven't approved this draft.",
  not_allowed_to_write: () => 'Only people who can post in this channel can change its drafts.',
  not_allowed_to_create: () => 'Only members of this workspace who can post here can start a draft.',
  not_allowed_to_delete: () => 'Only the author of a draft or a moderator can delete it.',
  not_allowed_to_manage: () => 'Only people who manage this workspace can change its settings.',
  limit_open_drafts: (p: { max: number; whose: Whose }) =>
    `${p.whose === 'person' ? 'You have' : 'This workspace has'} ${p.max} open drafts, which is the limit. Finish or delete one first, or ask an admin to raise ${settingOf('MAX_OPEN_DRAFTS', p.whose)}.`,
  limit_open_drafts_of: (p: { max: number; name: string }) =>
    `${p.name === '' ? 'The author of this draft' : `${p.name}, the author of this draft,`} has ${p.max} open drafts, which is the limit. Finish or delete one of them first, or ask an admin to raise MAX_OPEN_DRAFTS.`,
  limit_renders: (p: { max: number; whose: Whose; again: string }) =>
    `The limit is ${p.max} ${p.max === 1 ? 'render' : 'renders'} per hour ${FOR[p.whose]}. You can render again from ${p.again}, or once an admin raises ${settingOf('MAX_RENDERS_PER_HOUR', p.whose)}.`,
  limit_seconds: (p: { max: number; whose: Whose; again: string }) =>
    `The limit is ${p.max} seconds of video per day ${FOR[p.whose]}. You can render again from ${p.again}, or once an admin raises ${settingOf('MAX_VIDEO_SECONDS_PER_DAY', p.whose)}.`,
  limit_paid_calls: (p: { max: number; whose: Whose; again: string }) =>
    `The limit is ${p.max} ${p.max === 1 ? 'request' : 'requests'} for scripts, voices and footage per hour ${FOR[p.whose]}. You can make more from ${p.again}, or once an admin raises ${settingOf('MAX_PAID_CALLS_PER_HOUR', p.whose)}.`,
  budget_spent: (p: { usd: number; whose: 'bot' | 'workspace'; again: string | null }) => {
    const budget = `the daily budget of $${p.usd} ${p.whose === 'bot' ? 'for everyone' : FOR.workspace}`
    const setting = p.whose === 'bot' ? 'MAX_USD_PER_DAY' : 'MAX_USD_PER_DAY_PER_WORKSPACE'
    if (p.again === null) return `This would cost more than ${budget}. An admin can raise ${setting}.`
    return `Paid services have used up ${budget}. They are available again from ${p.again}, or once an admin raises ${setting}.`
  },
  workspace_not_allowed: () =>
    'Rushes is not available in this workspace. The person who runs Rushes can add it to ALLOWED_WORKSPACES.',
  arrange_line: (p: { field: Field; line: string }) =>
    `“${p.line}” does not begin with the number of a segment. Move or delete whole lines, and keep their numbers.`,
  arrange_twice: (p: { field: Field; number: number }) =>
    `Segment ${p.number} is in the list twice. Delete one of the two lines.`,
  arrange_unknown: (p: { field: Field; number: number; max: number }) =>
    `There is no segment ${p.number}. The numbers in this list go from 1 to ${p.max}.`,
  arrange_words: (p: { field: Field; number: number }) =>
    `The text of segment ${p.number} is different in this list, which only moves and deletes segments. To change the text, press Edit on the segment.`,
  direct_messages_not_allowed: () =>
    'Rushes is not available in direct messages here. Use it in a server where it is available.',
  accounts_not_configured: () =>
    'Linking a YouTube channel is not set up here. The person who runs Rushes can set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.',
  account_not_found: (p: { name: string }) =>
    `There is no linked channel “${p.name}” here. /draft account list shows all of them.`,
  link_not_found: () => 'This link has ended. Start again with /draft account link.',
  link_denied: () => 'Access was declined on Google’s page, so no channel was linked.',
  link_expired: () =>
    'The code was not entered in time, or was already used. Start again with /draft account link.',
  account_without_channel: () =>
    'This Google account has no YouTube channel. Create one on YouTube, or choose another account, then link again.',
  account_scope_missing: () =>
    'The permission to manage YouTube videos was not granted, so nothing was linked. Link again and leave it checked.',
  access_ended: () =>
    'Google no longer accepts the access to this channel: it was revoked or has expired. Link the channel again with /draft account link. While the Google project is in testing, this happens every 7 days.',
  credentials_unreadable: () =>
    'The stored access to this channel cannot be read, because CREDENTIALS_KEY is not the one it was saved with. Link the channel again, or bring back the old key.',
  client_refused: (p: { reason: string }) =>
    `Google does not accept GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET (${p.reason}). The person who runs Rushes needs to check them.`,
  upload_refused: ({ reason, message }: { reason: string; message: string }) =>
    Object.hasOwn(ENGLISH_REFUSALS, reason)
      ? ENGLISH_REFUSALS[reason as UploadRefusal]
      : `YouTube refused this: ${message === '' ? reason : message}`,
  has_angle_brackets: (p: { field: Field }) =>
    `${FIELDS[p.field]} cannot contain < or >, which YouTube does not accept.`,
  too_many_bytes: (p: { field: Field; bytes: number; max: number }) =>
    `${FIELDS[p.field]} takes up ${p.bytes} bytes; YouTube accepts at most ${p.max}.`,
  tags_too_long: (p: { length: number; max: number }) =>
    `The tags have ${p.length} characters together, counted as YouTube counts them; at most ${p.max} are allowed.`,
  not_a_time: (p: { field: Field }) =>
    `${FIELDS[p.field]} must be a date and time such as 2026-01-31 18:00, in UTC.`,
  time_in_past: (p: { field: Field }) => `${FIELDS[p.field]} must be in the future.`,
  schedule_needs_private: () =>
    'Only a private video can be scheduled. It becomes public at the time you set.',
  upload_going_on: () => 'This video is already being uploaded.',
  upload_done_already: () => 'This video is already on YouTube.',
  not_uploaded: () => 'This video is not on YouTube yet.',
  no_film_to_upload: () => 'There is no finished video to upload. Render the draft first.',
  publish_needs_second: () =>
    'This workspace requires approvals, so another person has to make this video public.',
  note_not_found: () => 'That note is no longer there.',
  note_not_yours: () => 'Only the person who wrote a note can delete it.',
  too_many_notes: (p: { max: number; where: 'segment' | 'draft' }) =>
    `A ${p.where} can have at most ${p.max} notes. Delete some first.`,
  no_such_segment: (p: { field: Field; place: string; total: number }) =>
    `There is no segment ${p.place}. This draft has ${p.total === 1 ? '1 segment' : `segments 1 to ${p.total}`}.`,
  proposal_not_found: () => 'That suggestion is no longer there.',
  proposal_decided: (p: { name: string; state: string }) => {
    const name = p.name === '' ? 'Someone' : p.name
    if (p.state === 'replaced') return `${name} has asked for another suggestion meanwhile.`
    return `${name} has already ${p.state === 'accepted' ? 'accepted' : 'dismissed'} this suggestion.`
  },
  token_not_found: (p: { name: string }) =>
    `There is no token “${p.name}” here. /draft token lists all of them.`,
  token_name_taken: (p: { name: string }) =>
    `There is already a token “${p.name}” here. Choose another name, or revoke that one first.`,
  too_many_tokens: (p: { max: number }) => `A workspace can have at most ${p.max} tokens. Revoke one first.`,
  bundle_not_finished: () => 'Files for editing are made from a finished video. Render the draft first.',
  bundle_going_on: () => 'The files for editing are already being made. They will appear in the thread.',
  bundle_file_lost: () =>
    'Footage or a voice of this video is gone, so the files for editing cannot be made. Press Make changes, then render it again.',
  bundle_other_length: () =>
    'This video was rendered by an earlier version of Rushes, and the files for editing would not match it. Press Make changes, then render it again.',
  webhook_address: (p: { field: Field; why: WebhookAddressTrouble }) =>
    `${FIELDS[p.field]} ${ENGLISH_ADDRESS_TROUBLES[p.why] ?? ENGLISH_ADDRESS_TROUBLES.no_address}`,
  webhook_gone: () => 'It answered that nothing should be sent to it any more (HTTP 410).',
  webhook_unreadable: () => 'Its address was saved with another CREDENTIALS_KEY. Enter it again.',
} as const

export type ErrorCode = keyof typeof MESSAGES
export type ErrorMessages = { [K in ErrorCode]: (params: Parameters<(typeof MESSAGES)[K]>[0]) => string }
export type ErrorParams<K extends ErrorCode> = Parameters<(typeof MESSAGES)[K]>[0]

export const ENGLISH_ERRORS: ErrorMessages = MESSAGES
