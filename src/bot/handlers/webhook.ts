import { saveWebhook, webhookOf } from '../../core/draft/webhook/webhooks.ts'
import type { Action } from '../view/action-id.ts'
import type { FormValues } from '../view/types.ts'
import { NEW_SECRET, webhookForm, webhookSaved } from '../view/webhook-messages.ts'
import type { Bot, Request } from './request.ts'

/** **Webhook**: opens the form. */
export async function openWebhookForm({ core }: Bot, { workspace, reply, words }: Request): Promise<void> {
  await reply.openForm(webhookForm(await webhookOf(core, workspace), words))
}

export async function saveWebhookForm(
  { core }: Bot,
  { surface, workspace, spot, actor, reply, words }: Request,
  { number }: Action,
  { url = '', secret }: FormValues,
): Promise<void> {
  const by = { place: { surface, workspace, ...spot }, actor }
  const saved = await saveWebhook(core, by, { url, renews: secret === NEW_SECRET }, number)
  await reply.privately(webhookSaved(saved, words))
}
