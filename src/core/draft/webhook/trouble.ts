import { JobEntity } from '../../../db/entities/job.ts'
import { WebhookEntity } from '../../../db/entities/webhook.ts'
import type { Actor } from '../../model/people.ts'
import type { Core } from '../core.ts'
import { readPayload } from '../payloads.ts'

/** What a workspace's managers need to know about its webhook. */
export interface WebhookTrouble {
  /** The message concerned. */
  number: number
  /** Whether the address has answered that it is gone. */
  isOff: boolean
  /** Why deliveries fail, as written by `storedFailure`. */
  reason: string
  /** Who set the address; null if no longer known. */
  editor: Actor | null
}

/** The problem to report in a draft's thread, if it was the first draft affected; null for none. */
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
