import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** A request that is carried out only once, however often it is sent, identified by the caller's idempotency key. */
export const ApiRequestEntity = defineEntity({
  name: 'ApiRequest',
  tableName: 'api_requests',
  properties: {
    id: p.integer().primary(),
    /** The token or session it came with. */
    caller: p.string().length(50),
    key: p.string().length(255).fieldName('request_key'),
    /** The hash of the request. */
    fingerprint: p.string().length(64),
    draftId: p.string().length(50),
    /** What carries it out, once that is known. */
    jobId: p.string().length(50).strictNullable(),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['caller', 'key'] }],
})

export type ApiRequest = InferEntity<typeof ApiRequestEntity>
