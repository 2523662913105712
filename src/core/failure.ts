import { ProviderError, UserError } from './errors.ts'

/** True when an error is the consequence of a signal that somebody gave, not a failure. */
export function cancelledBy(signal: AbortSignal, error: unknown): boolean {
  return signal.aborted || (error instanceof UserError && error.code === 'cancelled')
}

/** One sentence on what went wrong that can be shown to people: no stack, no address, no key. */
export function failureSentence(error: unknown): string {
  if (error instanceof UserError || error instanceof ProviderError) return error.message
  if (isNodeError(error) && error.code === 'ENOSPC') return new UserError('disk_full').message
  return 'Something went wrong inside Rushes; the log has the details.'
}

export function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
