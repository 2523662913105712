import { defineEntity, p } from '@mikro-orm/core'

/** What one call to a paid service cost, or is expected to cost while it is in progress. */
export const SpendingEntity = defineEntity({
  name: 'Spending',
  tableName: 'spending',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100),
    /** US dollars. */
    usd: p.float(),
    createdAt: p.datetime(),
  },
})
