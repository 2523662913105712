import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../../core/model/errors.ts'
import { isNodeError } from '../../core/model/failure.ts'
import { createSealer, KEY_BYTES, type Sealer } from '../../core/model/sealer.ts'
import { type Settings, SettingsError } from './config.ts'

/** Within DATA_DIR. Backups do not hold it. */
const KEY_FILE = 'credentials.key'

/**
 * Seals with CREDENTIALS_KEY or, where it is not set, with a key that is made once under DATA_DIR, when something is first sealed
 * or opened.
 */
export function sealerFor(settings: Pick<Settings, 'CREDENTIALS_KEY' | 'DATA_DIR'>): Sealer {
  let known: Buffer | undefined = settings.CREDENTIALS_KEY
  return createSealer(() => {
    const key = known ?? keyIn(path.join(settings.DATA_DIR, KEY_FILE))
    known = key
    return key
  })
}

/** @throws SettingsError for a file that holds no key. */
function keyIn(file: string): Buffer {
  try {
    return readKey(file)
  } catch (error) {
    if (!isNodeError(error) || error.code !== 'ENOENT') throw error
  }
  // Complete under its name or not there at all; of two processes that make one, one wins.
  const passing = `${file}.${process.pid}`
  try {
    writeFileSync(passing, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true })
    linkSync(passing, file)
  } catch (error) {
    if (isNodeError(error) && error.code === 'ENOSPC')
      throw new UserError('disk_full', undefined, { cause: error })
    if (!isNodeError(error) || error.code !== 'EEXIST') throw error
  } finally {
    rmSync(passing, { force: true })
  }
  return readKey(file)
}

function readKey(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length === KEY_BYTES) return key
  throw new SettingsError(
    `${file} must hold 32 bytes as base64. Restore it, or delete it and link all channels again.`,
  )
}
