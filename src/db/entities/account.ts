import { defineEntity, p } from '@mikro-orm/core'

/** A YouTube channel that videos can be uploaded to. */
export const AccountEntity = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100),
    name: p.string().length(100),
    youtubeChannelId: p.string().length(100).strictNullable(),
    encryptedCredentials: p.text().strictNullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
})
