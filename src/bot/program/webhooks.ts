import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { Webhooks } from '../../core/model/webhooks.ts'
import { createWebhooks } from '../../core/providers/webhook/deliver.ts'
import { isWebhookSecret, type Settings, SettingsError } from './config.ts'
import { madeOnce } from './made-once.ts'

/** In DATA_DIR. Not included in backups. */
const SECRET_FILE = 'webhook.key'

/**
 * Sends notifications of finished videos. The operator's are signed with WEBHOOK_SECRET or, if that isn't set, with a
 * secret generated under DATA_DIR.
 */
export function webhooksFor(settings: Settings): Webhooks {
  const { WEBHOOK_URL: url, WEBHOOK_SECRET, WEBHOOK_ALLOWED_NETWORKS: networks = [] } = settings
  const secret = () => WEBHOOK_SECRET ?? secretIn(path.join(settings.DATA_DIR, SECRET_FILE))
  return createWebhooks({ networks, usual: url === undefined ? null : { url, secret: secret() } })
}

/** @throws SettingsError if the file doesn't contain a secret. */
function secretIn(file: string): string {
  const secret = madeOnce(file, () => `whsec_${randomBytes(32).toString('base64')}`)
  if (isWebhookSecret(secret)) return secret
  throw new SettingsError(`${file} must hold a secret that begins with whsec_. Restore it, or delete it.`)
}
