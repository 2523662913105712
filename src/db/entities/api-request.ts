import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** A request that is to be done once however often it is sent, by the key that its caller has given it. */
export const ApiRequestEntity = defineEntity({
  name: 'ApiRequest',
  tableName: 'api_requests',
  properties: {
    id: p.integer().primary(),
    /** Which token or session it came with. */
    caller: p.string().length(50),
    key: p.string().length(255).fieldName('request_key'),
    /** The hash of what was asked for. */
    fingerprint: p.string().length(64),
    draftId: p.string().length(50),
    /** What does it, once that is known. */
    jobId: p.string().length(50).strictNullable(),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['caller', 'key'] }],
})

export type ApiRequest = InferEntity<typeof ApiRequestEntity>
