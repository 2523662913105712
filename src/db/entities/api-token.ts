import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** What an API token may be used for. Rendering is separate from writing because it costs the most. */
export const TOKEN_SCOPES = ['read', 'write', 'render'] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]

/** What programs authenticate with. The token itself is not stored. */
export const ApiTokenEntity = defineEntity({
  name: 'ApiToken',
  tableName: 'api_tokens',
  properties: {
    id: p.integer().primary(),
    /** SHA-256, in hexadecimal. */
    tokenHash: p.string().length(64).unique(),
    workspace: p.string().length(100),
    name: p.string().length(60),
    scopes: p.json<TokenScope[]>(),
    /** Where drafts made with it get their threads; an empty channel means no thread. */
    surface: p.string().length(20),
    channelId: p.string().length(100),
    /** The language of the person who created it. */
    locale: p.string().length(20),
    /** The person it acts for; null if it acts for the workspace, because it was created on the host. */
    personId: p.string().length(100).strictNullable(),
    personName: p.string().length(100).strictNullable(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().strictNullable(),
  },
  uniques: [{ properties: ['workspace', 'name'] }],
})

export type ApiToken = InferEntity<typeof ApiTokenEntity>
