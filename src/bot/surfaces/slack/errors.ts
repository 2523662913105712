import { webApi } from '@slack/bolt'
import {
  AwayError,
  BusyError,
  ClosedConversationError,
  FileTooLargeError,
  GoneError,
  LockedError,
  NotInvitedError,
  PermissionError,
} from '../../thread/chat.ts'

/** Slack's error code of a failed call, e.g. `not_in_channel`; undefined for other failures. */
export function slackCode(error: unknown): string | undefined {
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined
  return isForeign(error) ? undefined : error.data.error
}

/** True for a response that isn't from Slack, such as a proxy's page, which the client takes for the code. */
export function isForeign(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && !/^[a-z0-9_]+$/i.test(error.data.error)
}

/** True if it is unknown whether the call worked, because the connection broke or Slack had an internal error. */
export function isUnclear(error: unknown): boolean {
  if (error instanceof webApi.WebAPIRequestError) return true
  if (error instanceof webApi.WebAPIHTTPError) return error.statusCode >= 500
  return isForeign(error) || UNCLEAR.has(slackCode(error) ?? '')
}

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const UNCLEAR = new Set(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'])

/** Seconds that Slack asks to wait; undefined if it doesn't. */
export function secondsToWait(error: unknown): number | undefined {
  if (error instanceof webApi.WebAPIRateLimitedError) return error.retryAfter
  return slackCode(error) === 'ratelimited' || slackCode(error) === 'rate_limited' ? 1 : undefined
}

/** What a failed call means for drafts and their threads; unrelated errors are returned unchanged. */
export function chatError(error: unknown, botName: string, channelId: string): unknown {
  const options = { cause: error }
  const wait = secondsToWait(error)
  if (wait !== undefined) return new BusyError(wait, options)
  if (isUnclear(error)) return new AwayError(options)
  const code = slackCode(error)
  if (code === undefined) return error
  // Bots can't be invited to direct messages.
  if (NOT_INVITED.has(code) && channelId.startsWith('D')) return new ClosedConversationError(options)
  if (NOT_INVITED.has(code)) return new NotInvitedError(botName, options)
  if (LOCKED.has(code)) return new LockedError(options)
  if (code === 'file_upload_size_restricted') return new FileTooLargeError(options)
  if (GONE[code] !== undefined) return new GoneError(GONE[code], options)
  if (code === 'missing_scope') return new PermissionError(neededScope(error), options)
  return REFUSED.has(code) ? new PermissionError(code, options) : error
}

/** A private channel that the bot isn't in doesn't exist for it. */
const NOT_INVITED = new Set(['not_in_channel', 'channel_not_found', 'user_not_in_channel'])
const GONE: Record<string, 'message' | 'thread'> = {
  message_not_found: 'message',
  thread_not_found: 'thread',
  cannot_reply_to_message: 'thread',
}
/** https://docs.slack.dev/reference/methods/chat.update#errors */
const LOCKED = new Set(['cant_update_message', 'edit_window_closed'])
/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal#errors */
export const NO_UPLOADS: ReadonlySet<string> = new Set([
  'file_uploads_disabled',
  'file_uploads_except_images_disabled',
  'storage_limit_reached',
])
const REFUSED = new Set([
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'no_permission',
  'not_allowed_token_type',
  'cant_delete_message',
  'team_access_not_granted',
  'ekm_access_denied',
  'message_limit_exceeded',
  ...NO_UPLOADS,
])

function neededScope(error: unknown): string {
  if (!(error instanceof webApi.WebAPIPlatformError)) return 'scope'
  const needed: unknown = 'needed' in error.data ? error.data.needed : ''
  return typeof needed === 'string' && needed !== '' ? needed : 'scope'
}
