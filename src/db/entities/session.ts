import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** Who signs in, and where what they begin lives. */
const whoAndWhere = {
  personId: p.string().length(100),
  personName: p.string().length(100),
  surface: p.string().length(20),
  workspace: p.string().length(100),
  channelId: p.string().length(100),
  threadId: p.string().length(100).strictNullable(),
  locale: p.string().length(20),
}

/** A link that signs one person in, once. What stands in the link is stored as its hash only. */
export const SignInLinkEntity = defineEntity({
  name: 'SignInLink',
  tableName: 'sign_in_links',
  properties: {
    id: p.integer().primary(),
    codeHash: p.string().length(64).unique(),
    ...whoAndWhere,
    /** The draft whose page is opened after it; null for the list. */
    draftId: p.string().length(50).strictNullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
  },
})

/** Somebody who is signed in to the studio in one browser. The secret in their cookie is stored as its hash only. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.integer().primary(),
    secretHash: p.string().length(64).unique(),
    ...whoAndWhere,
    /** The browser, in a few words, by which people recognise it. */
    userAgent: p.string().length(100),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime(),
    expiresAt: p.datetime(),
  },
})

export type Session = InferEntity<typeof SessionEntity>
