import { JobEntity } from '../../../db/entities/job.ts'
import { WebhookEntity } from '../../../db/entities/webhook.ts'
import type { Actor } from '../../model/people.ts'
import type { Core } from '../core.ts'
import { readPayload } from '../payloads.ts'

/** What those who look after a workspace have to know of its webhook. */
export interface WebhookTrouble {
  /** Which message it was. */
  number: number
  /** Whether it has answered that there is nothing any more. */
  isOff: boolean
  /** Why nothing arrives, as `storedFailure` writes it. */
  reason: string
  /** Who has set the address; null where that is not known any more. */
  editor: Actor | null
}

/** The trouble that is to be told in the thread of a draft, as the first of those that had it; null for none. */
export async function webhookTrouble(core: Core, draftId: string): Promise<WebhookTrouble | null> {
  const em = core.db.fork()
  const jobs = await em.find(JobEntity, { draftId, kind: 'webhook' }, { orderBy: { id: 'desc' } })
  for (const job of jobs) {
    const told = readPayload('webhook', job)?.told ?? null
    if (told === null) continue
    const row = await em.findOne(WebhookEntity, { workspace: job.workspace })
    const editor = row && row.editedById !== '' ? { id: row.editedById, name: row.editedByName } : null
    return { number: job.id, isOff: told.isOff, reason: told.reason, editor }
  }
  return null
}
