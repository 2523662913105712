import { defineEntity, p } from '@mikro-orm/core'

/** What one call of a paid service cost, or what it is expected to cost while it is under way. */
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
