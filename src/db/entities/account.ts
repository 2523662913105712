import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** A channel of a video platform that films of a workspace can be uploaded to. */
export const AccountEntity = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100),
    platform: p.string().length(20).default('youtube'),
    /** What the channel is called there. */
    name: p.string().length(100),
    /** The platform's id of the channel. */
    youtubeChannelId: p.string().length(100).strictNullable(),
    /** As `Sealer` seals it; null once it was taken away. */
    encryptedCredentials: p.text().strictNullable(),
    /** What it may be used for, in the platform's own words, separated by spaces. */
    scopes: p.text().default(''),
    /** When the access token ends, not what renews it. */
    accessExpiresAt: p.datetime().nullable().default(null),
    /** Why it cannot be used until it is linked again, as `storedFailure` writes it; null while it can. */
    problem: p.text().nullable().default(null),
    /** Of the accounts of a workspace, the one that new drafts get. At most one. */
    isDefault: p.boolean().default(false),
    linkedById: p.string().length(100).default(''),
    linkedByName: p.string().length(100).default(''),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
})

export type Account = InferEntity<typeof AccountEntity>
