import { UserError } from '../../model/errors.ts'
import { isNodeError } from '../../model/failure.ts'

/**
 * Returns `ffmpeg_missing` if the program itself couldn't be started (it was removed, or isn't executable); null for any error of
 * the running program.
 */
export function asStartError(program: string, error: unknown): UserError<'ffmpeg_missing'> | null {
  if (!isNodeError(error) || !error.syscall?.startsWith('spawn')) return null
  const detail = `${program} can no longer be started (${error.code}).`
  return new UserError('ffmpeg_missing', { detail }, { cause: error })
}
