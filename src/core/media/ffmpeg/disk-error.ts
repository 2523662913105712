import { UserError } from '../../model/errors.ts'
import { isDiskFull } from '../../model/failure.ts'

/** Turns Node's own “no space left” into the sentence for people; other errors pass. */
export async function asDiskError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isDiskFull(error)) throw new UserError('disk_full', undefined, { cause: error })
    throw error
  }
}
