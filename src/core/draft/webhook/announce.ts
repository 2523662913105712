import { randomUUID } from 'node:crypto'
import type { Draft } from '../../../db/entities/draft.ts'
import { WebhookEntity } from '../../../db/entities/webhook.ts'
import type { EntityManager } from '../../../db/types.ts'
import type { Actor } from '../../model/people.ts'
import type { Core } from '../core.ts'

/**
 * Requests the notification of a finished film, in the transaction that finishes it. Does nothing without a webhook.
 * @param render the job that made it.
 */
export async function announceFinished(
  core: Core,
  em: EntityManager,
  { draftId, workspace }: Pick<Draft, 'draftId' | 'workspace'>,
  render: string,
  requester: Actor | null,
): Promise<void> {
  const own = await em.findOne(WebhookEntity, { workspace }, { fields: ['isOn'] })
  if (own ? !own.isOn : core.webhooks.usual === null) return
  await core.jobs.enqueue(
    {
      ...{ kind: 'webhook', key: `webhook:${render}`, draftId, workspace, requester },
      payload: { render, messageId: `msg_${randomUUID().replaceAll('-', '')}` },
    },
    em,
  )
}
