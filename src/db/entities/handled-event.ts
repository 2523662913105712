import { defineEntity, p } from '@mikro-orm/core'

/** Platform events that were already handled, so that a second delivery changes nothing. */
export const HandledEventEntity = defineEntity({
  name: 'HandledEvent',
  tableName: 'handled_events',
  properties: {
    key: p.string().length(200).fieldName('event_key').primary(),
    createdAt: p.datetime(),
  },
})
