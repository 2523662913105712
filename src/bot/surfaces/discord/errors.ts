import { DiscordAPIError, HTTPError } from 'discord.js'
import { BusyError, FileTooLargeError, GoneError, PermissionError } from '../../thread/chat.ts'
import { CODES } from './limits.ts'

/** Seconds until old messages may be edited again. Discord doesn't say how long that is. */
const OLD_EDITS_PAUSE = 60

/** Discord's code for a refusal; null for anything else. */
export function codeOf(error: unknown): number | null {
  return error instanceof DiscordAPIError && typeof error.code === 'number' ? error.code : null
}

/** Whether Discord refused a file or the whole request because of its size. */
export function isTooLarge(error: unknown): boolean {
  if (codeOf(error) === CODES.tooLarge) return true
  return (error instanceof DiscordAPIError || error instanceof HTTPError) && error.status === 413
}

/** True if the interaction is over for Discord: acknowledged too late, or with an expired token. */
export function hasEnded(error: unknown): boolean {
  const code = codeOf(error)
  return code === CODES.unknownInteraction || code === CODES.invalidToken
}

/**
 * What a refusal means for the projection. `missing` looks up which permission is missing, and is called only if one is.
 */
export async function chatError(error: unknown, missing: () => Promise<string>): Promise<unknown> {
  if (isTooLarge(error)) return new FileTooLargeError({ cause: error })
  switch (codeOf(error)) {
    case CODES.unknownMessage:
      return new GoneError('message', { cause: error })
    case CODES.unknownChannel:
      return new GoneError('thread', { cause: error })
    case CODES.missingAccess:
    case CODES.missingPermissions:
      return new PermissionError(await missing(), { cause: error })
    case CODES.tooManyOldEdits:
      return new BusyError(OLD_EDITS_PAUSE, { cause: error })
    case CODES.threadLocked:
      return new PermissionError('ManageThreads', { cause: error })
    default:
      return error
  }
}
