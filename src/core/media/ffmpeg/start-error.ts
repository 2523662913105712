import { UserError } from '../../model/errors.ts'
import { isNodeError } from '../../model/failure.ts'

/**
 * `ffmpeg_missing` when an error says that the program itself could not be started (it has been removed, or may not be
 * run); null for anything that the program said or did.
 */
export function asStartError(program: string, error: unknown): UserError<'ffmpeg_missing'> | null {
  if (!isNodeError(error) || !error.syscall?.startsWith('spawn')) return null
  const detail = `${program} can no longer be started (${error.code}).`
  return new UserError('ffmpeg_missing', { detail }, { cause: error })
}
