import { UserError } from '../../model/errors.ts'
import { isDiskFull } from '../../model/failure.ts'

/** Translates Node's “no space left” errors into the message for people; other errors are passed on. */
export async function asDiskError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isDiskFull(error)) throw new UserError('disk_full', undefined, { cause: error })
    throw error
  }
}
