import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** The address that is told of finished videos of a workspace. There is one row at most for each. */
export const WebhookEntity = defineEntity({
  name: 'Webhook',
  tableName: 'webhooks',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100).unique(),
    /** Address and secret as `Sealer` seals them: many a service takes whoever knows the address for its owner. */
    sealedTarget: p.text(),
    /** Anything at first, and one more with each change. */
    version: p.integer(),
    /** Why nothing arrives there, as `storedFailure` writes it; null while it does. */
    problem: p.text().strictNullable(),
    /** False once it has answered that there is nothing any more. */
    isOn: p.boolean(),
    /** Empty for a person whose identity was erased. */
    editedById: p.string().length(100),
    editedByName: p.string().length(100),
    updatedAt: p.datetime(),
  },
})

export type Webhook = InferEntity<typeof WebhookEntity>
