import { defineEntity, p } from '@mikro-orm/core'

/** What one act of a person asked of paid services; rows outlive the drafts that it was for. */
export const PaidCallEntity = defineEntity({
  name: 'PaidCall',
  tableName: 'paid_calls',
  properties: {
    id: p.integer().primary(),
    personId: p.string().length(100),
    workspace: p.string().length(100),
    calls: p.integer(),
    createdAt: p.datetime(),
  },
})
