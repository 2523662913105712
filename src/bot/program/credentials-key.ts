import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { createSealer, KEY_BYTES, type Sealer } from '../../core/model/sealer.ts'
import { type Settings, SettingsError } from './config.ts'
import { madeOnce } from './made-once.ts'

/** In DATA_DIR. Not included in backups. */
const KEY_FILE = 'credentials.key'

/**
 * Seals with CREDENTIALS_KEY or, if that isn't set, with a key generated under DATA_DIR when something is first sealed or opened.
 */
export function sealerFor(settings: Pick<Settings, 'CREDENTIALS_KEY' | 'DATA_DIR'>): Sealer {
  let known: Buffer | undefined = settings.CREDENTIALS_KEY
  return createSealer(() => {
    const key = known ?? keyIn(path.join(settings.DATA_DIR, KEY_FILE))
    known = key
    return key
  })
}

/** @throws SettingsError if the file doesn't contain a key. */
function keyIn(file: string): Buffer {
  const key = Buffer.from(
    madeOnce(file, () => randomBytes(KEY_BYTES).toString('base64')),
    'base64',
  )
  if (key.length === KEY_BYTES) return key
  throw new SettingsError(
    `${file} must hold 32 bytes as base64. Restore it, or delete it and link all channels again.`,
  )
}
