import { UserError } from '../errors.ts'

/** EFBIG: a limit on the size of files; EDQUOT: the user's share of the disk. Both mean there is no more room. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Turns Node's own “no space left” into the sentence for people; other errors pass. */
export async function asDiskError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_ROOM.has(String(error.code))) {
      throw new UserError('disk_full', undefined, { cause: error })
    }
    throw error
  }
}
