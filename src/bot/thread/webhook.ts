import { webhookTrouble } from '../../core/draft/webhook/trouble.ts'
import { webhookTroubleMessage } from '../view/webhook-messages.ts'
import { wordsFor } from '../words/index.ts'
import { messageOf, wasLost } from './messages.ts'
import type { Projection } from './projection.ts'
import { sendOnce } from './video.ts'

/** Says once, below a finished video, that its webhooks could not be notified. */
export async function showWebhookTrouble(projection: Projection): Promise<void> {
  const { core, shown } = projection
  const { draft, draftId, video } = shown
  const trouble = draft && video ? await webhookTrouble(core, draftId) : null
  if (!draft || !trouble) return
  const slot = `webhook:${trouble.number}`
  if ((await messageOf(core, draftId, slot)) || (await wasLost(core, draftId, slot))) return
  await sendOnce(projection, slot, projection.spot, webhookTroubleMessage(trouble, wordsFor(draft.language)))
}
