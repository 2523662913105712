import { defineEntity, p } from '@mikro-orm/core'

/** The paid calls that one action of a person caused; rows outlive their drafts. */
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
