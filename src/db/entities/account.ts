import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** A channel on a video platform to which a workspace's films can be uploaded. */
export const AccountEntity = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100),
    platform: p.string().length(20).default('youtube'),
    /** The channel's name there. */
    name: p.string().length(100),
    /** The platform's id of the channel. */
    youtubeChannelId: p.string().length(100).strictNullable(),
    /** Sealed by `Sealer`; null once access was removed. */
    encryptedCredentials: p.text().strictNullable(),
    /** Its scopes, in the platform's own words, separated by spaces. */
    scopes: p.text().default(''),
    /** When the access token expires, not the refresh token. */
    accessExpiresAt: p.datetime().nullable().default(null),
    /** Why it can't be used until it is linked again, as written by `storedFailure`; null while it works. */
    problem: p.text().nullable().default(null),
    /** Whether new drafts use it by default; at most one account per workspace. */
    isDefault: p.boolean().default(false),
    linkedById: p.string().length(100).default(''),
    linkedByName: p.string().length(100).default(''),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
})

export type Account = InferEntity<typeof AccountEntity>
