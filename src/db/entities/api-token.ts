import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** What a token of the API may be used for. To render is apart from writing because it is what costs most. */
export const TOKEN_SCOPES = ['read', 'write', 'render'] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]

/** With what programs sign in. The token itself is not kept. */
export const ApiTokenEntity = defineEntity({
  name: 'ApiToken',
  tableName: 'api_tokens',
  properties: {
    id: p.integer().primary(),
    /** SHA-256, as hexadecimal digits. */
    tokenHash: p.string().length(64).unique(),
    workspace: p.string().length(100),
    name: p.string().length(60),
    scopes: p.json<TokenScope[]>(),
    /** Where drafts that are made with it have their threads; an empty channel for no thread. */
    surface: p.string().length(20),
    channelId: p.string().length(100),
    /** The language of whoever made it. */
    locale: p.string().length(20),
    /** In whose name it acts; null for the workspace itself, as somebody at the host has made it. */
    personId: p.string().length(100).strictNullable(),
    personName: p.string().length(100).strictNullable(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().strictNullable(),
  },
  uniques: [{ properties: ['workspace', 'name'] }],
})

export type ApiToken = InferEntity<typeof ApiTokenEntity>
