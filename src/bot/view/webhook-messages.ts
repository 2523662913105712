import type { WebhookSaved, WebhookView } from '../../core/draft/webhook/webhooks.ts'
import { failureText } from '../words/failures.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import type { Block, FormField, FormView, Inline, MessageView } from './types.ts'

/** Maximum characters of an address. */
const ADDRESS = 2000
/** The value for a new secret. */
export const NEW_SECRET = 'new'

/** A workspace's webhook, shown only to its managers. */
export function webhookForm({ url, version, problem, hasUsual }: WebhookView, words: Words): FormView {
  const { webhook } = words
  const secret: FormField = {
    type: 'select',
    id: 'secret',
    label: webhook.secret,
    value: 'keep',
    options: [
      { value: 'keep', label: webhook.keepSecret },
      { value: NEW_SECRET, label: webhook.newSecret },
    ],
  }
  const hint = problem !== null ? webhook.problemHint : hasUsual ? webhook.usualHint : webhook.urlHint
  return {
    action: encodeAction('webhook', '', 0, version),
    title: webhook.form,
    submit: words.form.save,
    fields: [
      { type: 'text', id: 'url', label: webhook.url, hint, value: url, maxLength: ADDRESS },
      ...(url === '' ? [] : [secret]),
    ],
  }
}

/** The result. A new secret is shown here and nowhere else. */
export function webhookSaved(saved: WebhookSaved, { webhook, private: words }: Words): MessageView {
  if (saved.what === 'same') return said(words.keptTheirs)
  if (saved.what === 'removed') return said(webhook.removed)
  if (saved.what === 'changed') return said(webhook.saved)
  return said(webhook.saved, [
    { type: 'text', text: webhook.once },
    { type: 'text', text: [{ code: saved.secret }] },
  ])
}

/** The message in a thread that tells the workspace's managers that deliveries fail. */
export function webhookTroubleMessage(
  trouble: { isOff: boolean; reason: string; editor: { id: string; name: string } | null },
  words: Words,
): MessageView {
  const { webhook } = words
  const reason = failureText(words, trouble.reason)
  const sentence = trouble.isOff ? webhook.off(reason) : webhook.failed(reason)
  const mention: Inline[] = trouble.editor
    ? [{ mention: trouble.editor.id, name: trouble.editor.name }, ' ']
    : []
  return {
    summary: sentence,
    tone: 'bad',
    ...(trouble.editor && { notifies: [trouble.editor.id] }),
    blocks: [{ type: 'text', text: [...mention, sentence, ' ', webhook.lookInto] }],
  }
}

/** Leads here from the other settings of a workspace. */
export function webhookButton({ buttons }: Words): Block {
  return { type: 'buttons', buttons: [{ action: encodeAction('webhook_form'), label: buttons.webhook }] }
}

function said(sentence: string, more: Block[] = []): MessageView {
  return { summary: sentence, tone: 'good', blocks: [{ type: 'text', text: sentence }, ...more] }
}
