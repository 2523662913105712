import { z } from 'zod'
import type { ErrorCode } from './error-messages.ts'
import { PROVIDER_FAILURES, ProviderError, UserError } from './errors.ts'

/** True if an error results from an aborted signal and isn't a failure. */
export function cancelledBy(signal: AbortSignal, error: unknown): boolean {
  return signal.aborted || (error instanceof UserError && error.code === 'cancelled')
}

/**
 * An error in the form stored in a row: one sentence for people, followed by what views need to say it in another language.
 * No stack, address or key.
 */
export function storedFailure(error: unknown): string {
  const trouble = storageTrouble(error)
  if (trouble) return storedReasons([trouble])
  if (error instanceof UserError || error instanceof ProviderError) return storedReasons([error])
  return storedReasons([new UserError('internal_failure')])
}

/** Same, for several errors, each with its own sentence. */
export function storedReasons(errors: (UserError | ProviderError)[]): string {
  const sentences = errors.map(({ message }) => message).join(' ')
  return `${sentences.replaceAll(BEHIND, ' ')}${BEHIND}${JSON.stringify(errors.map(reasonOf))}`
}

/**
 * The error of a task at which all providers failed, with their errors as the detail. If the budget was one of the reasons,
 * it is that error, which says when there will be money again.
 */
export function allFailed(
  code: 'voice_failed' | 'footage_failed' | 'script_failed' | 'music_failed',
  reasons: (ProviderError | UserError)[],
): UserError {
  const spent = reasons.find(
    (reason): reason is UserError => reason instanceof UserError && reason.code !== 'file_unusable',
  )
  if (spent) return spent
  const detail = reasons.map(({ message }) => message).join(' ')
  return new UserError(code, { detail }, { cause: new AggregateError(reasons) })
}

/** Parses a stored failure. Rows of older versions only have the sentence. */
export function readFailure(stored: string): { sentence: string; reasons: Reason[] | null } {
  const [sentence = '', data] = stored.split(BEHIND)
  return { sentence, reasons: data === undefined ? null : reasonsIn(data) }
}

/** Null for data written by another version of the program that this one can't parse. */
function reasonsIn(data: string): Reason[] | null {
  try {
    return z.array(Reason).parse(JSON.parse(data))
  } catch {
    return null
  }
}

/** Separates the sentence from the data behind it. */
const BEHIND = '\t'

const ProviderReason = z.object({ provider: z.string(), failure: z.enum(PROVIDER_FAILURES) })
const Reason = z.union([
  ProviderReason,
  z.object({
    code: z.string(),
    params: z.record(z.string(), z.unknown()).optional(),
    /** The parts of its detail. */
    because: z.array(ProviderReason),
  }),
])
export type Reason = z.infer<typeof Reason>

function reasonOf(error: UserError | ProviderError): Reason {
  if (error instanceof ProviderError) return { provider: error.provider, failure: error.failure }
  const causes = error.cause instanceof AggregateError ? error.cause.errors : []
  const because = causes
    .filter((cause) => cause instanceof ProviderError)
    .map(({ provider, failure }) => ({ provider, failure }))
  return { code: error.code, params: { ...error.params }, because }
}

/** Error codes of an exhausted disk or database, with the message for people. */
const TROUBLES = [
  // EFBIG: a file size limit; EDQUOT: the user's disk quota; SHMSIZE: no space for SQLite's shared memory.
  { code: 'disk_full', means: /^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|SQLITE_IOERR_SHMSIZE)$/ },
  { code: 'database_busy', means: /^SQLITE_(BUSY|LOCKED|PROTOCOL)/ },
  { code: 'database_read_only', means: /^SQLITE_(READONLY|PERM|AUTH)/ },
  { code: 'database_damaged', means: /^SQLITE_(CORRUPT|NOTADB)/ },
  { code: 'database_failed', means: /^SQLITE_(IOERR|NOMEM|CANTOPEN)/ },
] as const

/** The message for an error that was caused by the disk or the database, directly or indirectly; null for any other. */
export function storageTrouble(error: unknown): UserError | null {
  if (!(error instanceof Error)) return null
  const found = isNodeError(error) && TROUBLES.find(({ means }) => means.test(error.code ?? ''))
  return found ? new UserError(found.code, undefined, { cause: error }) : storageTrouble(error.cause)
}

/** True if an error or one of its causes says that the disk is full (including SQLite's own error). */
export function isDiskFull(error: unknown): boolean {
  return storageTrouble(error)?.code === 'disk_full'
}

export function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

/**
 * Errors for people that may nevertheless go away at the next attempt. A webhook's address is rejected for good when it is
 * saved, but later its name may just have resolved differently for a moment.
 */
const PASSING: readonly ErrorCode[] = ['ffmpeg_failed', 'music_failed', 'webhook_address']

/**
 * True for errors that may go away at the next attempt. Any other error for people is final, and a retry would only repeat
 * it. The same goes for a full disk.
 */
export function canPass(error: unknown): boolean {
  if (isDiskFull(error)) return false
  return !(error instanceof UserError) || PASSING.includes(error.code)
}
