import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** The address that is notified of a workspace's finished videos; at most one row per workspace. */
export const WebhookEntity = defineEntity({
  name: 'Webhook',
  tableName: 'webhooks',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100).unique(),
    /** Address and secret, sealed by `Sealer`, because many services trust anyone who knows the address. */
    sealedTarget: p.text(),
    /** Starts anywhere and grows with each change. */
    version: p.integer(),
    /** Why deliveries fail, as written by `storedFailure`; null while they succeed. */
    problem: p.text().strictNullable(),
    /** False once the address has answered that it is gone. */
    isOn: p.boolean(),
    /** Empty for a person whose identity was erased. */
    editedById: p.string().length(100),
    editedByName: p.string().length(100),
    updatedAt: p.datetime(),
  },
})

export type Webhook = InferEntity<typeof WebhookEntity>
