import { ProviderError, UserError } from './errors.ts'

/** True when an error is the consequence of a signal that somebody gave, not a failure. */
export function cancelledBy(signal: AbortSignal, error: unknown): boolean {
  return signal.aborted || (error instanceof UserError && error.code === 'cancelled')
}

/** One sentence on what went wrong that can be shown to people: no stack, no address, no key. */
export function failureSentence(error: unknown): string {
  if (isDiskFull(error)) return new UserError('disk_full').message
  if (error instanceof UserError || error instanceof ProviderError) return error.message
  return 'Something went wrong inside Rushes; the log has the details.'
}

/** EFBIG: a limit on the size of files; EDQUOT: the user's share of the disk. Both mean there is no more room. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** True when an error, or what caused it, says that there is no room on the disk (SQLite's own error included). */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (isNodeError(error) && (NO_ROOM.has(error.code ?? '') || error.code === 'SQLITE_FULL')) return true
  return isDiskFull(error.cause)
}

export function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
