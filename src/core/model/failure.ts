import { z } from 'zod'
import { type ErrorCode, PROVIDER_FAILURES, ProviderError, UserError } from './errors.ts'

/** True when an error is the consequence of a signal that somebody gave, not a failure. */
export function cancelledBy(signal: AbortSignal, error: unknown): boolean {
  return signal.aborted || (error instanceof UserError && error.code === 'cancelled')
}

/**
 * What went wrong, as a row keeps it: one sentence for people, and behind it what views need to say it in another language.
 * No stack, no address, no key.
 */
export function storedFailure(error: unknown): string {
  const trouble = storageTrouble(error)
  if (trouble) return storedReasons([trouble])
  if (error instanceof UserError || error instanceof ProviderError) return storedReasons([error])
  return storedReasons([new UserError('internal_failure')])
}

/** The same for several errors, each with a sentence of its own. */
export function storedReasons(errors: (UserError | ProviderError)[]): string {
  const sentences = errors.map(({ message }) => message).join(' ')
  return `${sentences.replaceAll(BEHIND, ' ')}${BEHIND}${JSON.stringify(errors.map(reasonOf))}`
}

/**
 * The error of a task that no provider could do; what each failed with is its detail. Where the budget was one of the reasons it
 * is that one, which says when there is something left.
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

/** What a row says went wrong. Rows of older versions have the sentence only. */
export function readFailure(stored: string): { sentence: string; reasons: Reason[] | null } {
  const [sentence = '', data] = stored.split(BEHIND)
  return { sentence, reasons: data === undefined ? null : reasonsIn(data) }
}

/** Null for what another version of the program wrote and this one cannot read. */
function reasonsIn(data: string): Reason[] | null {
  try {
    return z.array(Reason).parse(JSON.parse(data))
  } catch {
    return null
  }
}

/** Stands between the sentence and what is behind it. */
const BEHIND = '\t'

const ProviderReason = z.object({ provider: z.string(), failure: z.enum(PROVIDER_FAILURES) })
const Reason = z.union([
  ProviderReason,
  z.object({
    code: z.string(),
    params: z.record(z.string(), z.unknown()).optional(),
    /** What its detail consists of. */
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

/** What disk and database answer where they can do no more, and the sentence that it means to people. */
const TROUBLES = [
  // EFBIG: a limit on the size of files; EDQUOT: the user's share of the disk; SHMSIZE: no room for SQLite's shared memory.
  { code: 'disk_full', means: /^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|SQLITE_IOERR_SHMSIZE)$/ },
  { code: 'database_busy', means: /^SQLITE_(BUSY|LOCKED|PROTOCOL)/ },
  { code: 'database_read_only', means: /^SQLITE_(READONLY|PERM|AUTH)/ },
  { code: 'database_damaged', means: /^SQLITE_(CORRUPT|NOTADB)/ },
  { code: 'database_failed', means: /^SQLITE_(IOERR|NOMEM|CANTOPEN)/ },
] as const

/** The sentence for an error, or what caused it, that disk or database gave; null for any other. */
export function storageTrouble(error: unknown): UserError | null {
  if (!(error instanceof Error)) return null
  const found = isNodeError(error) && TROUBLES.find(({ means }) => means.test(error.code ?? ''))
  return found ? new UserError(found.code, undefined, { cause: error }) : storageTrouble(error.cause)
}

/** True when an error, or what caused it, says that there is no room on the disk (SQLite's own error included). */
export function isDiskFull(error: unknown): boolean {
  return storageTrouble(error)?.code === 'disk_full'
}

export function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

/**
 * What is answered with a sentence for people, and yet may be different at the next attempt. A webhook's address is refused for good
 * when it is saved; later its name may have meant something else for a moment.
 */
const PASSING: readonly ErrorCode[] = ['ffmpeg_failed', 'music_failed', 'webhook_address']

/**
 * True for what may be different at the next attempt. Any other sentence for people is an answer, and trying again would only
 * repeat it. So would a full disk.
 */
export function canPass(error: unknown): boolean {
  if (isDiskFull(error)) return false
  return !(error instanceof UserError) || PASSING.includes(error.code)
}
