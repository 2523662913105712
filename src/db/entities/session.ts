import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** Who signs in, and where the drafts they create belong. */
const whoAndWhere = {
  personId: p.string().length(100),
  personName: p.string().length(100),
  surface: p.string().length(20),
  workspace: p.string().length(100),
  channelId: p.string().length(100),
  threadId: p.string().length(100).strictNullable(),
  locale: p.string().length(20),
}

/** A link that signs one person in, once. Only the hash of its code is stored. */
export const SignInLinkEntity = defineEntity({
  name: 'SignInLink',
  tableName: 'sign_in_links',
  properties: {
    id: p.integer().primary(),
    codeHash: p.string().length(64).unique(),
    ...whoAndWhere,
    /** The draft whose page opens afterwards; null for the list. */
    draftId: p.string().length(50).strictNullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
  },
})

/** A person signed in to the studio in one browser. Only the hash of the cookie's secret is stored. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.integer().primary(),
    secretHash: p.string().length(64).unique(),
    ...whoAndWhere,
    /** A short description of the browser, by which people recognise it. */
    userAgent: p.string().length(100),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime(),
    expiresAt: p.datetime(),
  },
})

export type Session = InferEntity<typeof SessionEntity>
