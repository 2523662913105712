import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { Webhooks } from '../../core/model/webhooks.ts'
import { createWebhooks } from '../../core/providers/webhook/deliver.ts'
import { isWebhookSecret, type Settings, SettingsError } from './config.ts'
import { madeOnce } from './made-once.ts'

/** Within DATA_DIR. Backups do not hold it. */
const SECRET_FILE = 'webhook.key'

/**
 * How those are told of finished videos who want to be. The operator's messages are signed with WEBHOOK_SECRET or, where it is not set,
 * with a secret that is made once under DATA_DIR.
 */
export function webhooksFor(settings: Settings): Webhooks {
  const { WEBHOOK_URL: url, WEBHOOK_SECRET, WEBHOOK_ALLOWED_NETWORKS: networks = [] } = settings
  const secret = () => WEBHOOK_SECRET ?? secretIn(path.join(settings.DATA_DIR, SECRET_FILE))
  return createWebhooks({ networks, usual: url === undefined ? null : { url, secret: secret() } })
}

/** @throws SettingsError for a file that holds no secret. */
function secretIn(file: string): string {
  const secret = madeOnce(file, () => `whsec_${randomBytes(32).toString('base64')}`)
  if (isWebhookSecret(secret)) return secret
  throw new SettingsError(`${file} must hold a secret that begins with whsec_. Restore it, or delete it.`)
}
