import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { UserError } from '../../core/model/errors.ts'
import { isNodeError } from '../../core/model/failure.ts'

/**
 * A secret in a file that only this account can read: the existing one, or a new one that is then stored.
 * @throws UserError `disk_full`
 */
export function madeOnce(file: string, make: () => string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (!isNodeError(error) || error.code !== 'ENOENT') throw error
  }
  // The file appears complete or not at all; if two processes create one, one of them wins.
  const passing = `${file}.${process.pid}`
  try {
    writeFileSync(passing, `${make()}\n`, { mode: 0o600, flush: true })
    linkSync(passing, file)
  } catch (error) {
    if (isNodeError(error) && error.code === 'ENOSPC')
      throw new UserError('disk_full', undefined, { cause: error })
    if (!isNodeError(error) || error.code !== 'EEXIST') throw error
  } finally {
    rmSync(passing, { force: true })
  }
  return readFileSync(file, 'utf8').trim()
}
