import { createHash, randomBytes } from 'node:crypto'
import { type Session, SessionEntity, SignInLinkEntity } from '../../db/entities/session.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Actor, Place } from '../model/people.ts'
import type { Core } from './core.ts'

/**
 * Signing in to the studio: a link works once, for ten minutes, for one person in one workspace, and starts a session in
 * one browser. The secrets in links and cookies are stored as hashes, so that reading the database doesn't reveal them.
 */

/** Lifetimes in milliseconds. */
export const LASTS = { link: 600_000, session: 12 * 3_600_000 }
/** Maximum number per person and workspace; beyond it, the oldest end. */
const MOST = { links: 5, sessions: 20 }
/** Milliseconds between updates of a session's last use. */
const NOTED = 60_000
/** Random bytes in a code or secret. */
const CHANCE = 32

type SessionCore = Pick<Core, 'db' | 'clock'>

/** The person a link signs in. */
export interface SignIn {
  actor: Actor
  /** Where drafts they create live. */
  home: Place
  /** Their language; null to use the browser's. */
  locale: string | null
  /** The draft whose page opens afterwards; null for the list. */
  draftId: string | null
}

/** @returns the link's code, which isn't stored anywhere. */
export async function offerSignIn(core: SessionCore, asked: SignIn): Promise<string> {
  const code = randomBytes(CHANCE).toString('base64url')
  const { actor, home, locale, draftId } = asked
  const now = core.clock()
  const theirs = { workspace: home.workspace, personId: actor.id }
  await core.db.transaction(async (em) => {
    await keepNewest(em, 'sign_in_links', theirs, MOST.links - 1)
    await em.insert(SignInLinkEntity, {
      ...{ ...theirs, codeHash: hashOf(code), personName: actor.name.slice(0, 100), surface: home.surface },
      ...{ channelId: home.channelId, threadId: home.threadId, draftId },
      locale: locale ?? '',
      ...{ createdAt: now, expiresAt: new Date(now.getTime() + LASTS.link) },
    })
  })
  return code
}

/**
 * Redeems a link.
 * @param browser its description; its language counts if the link has none.
 * @returns the secret of the new session, and the draft to open; null for a used, expired or unknown link.
 */
export async function useSignIn(
  core: SessionCore,
  code: string,
  browser: { userAgent: string; locale: string },
): Promise<{ secret: string; session: Session; draftId: string | null } | null> {
  const now = core.clock()
  return core.db.transaction(async (em) => {
    const link = await em.findOne(SignInLinkEntity, { codeHash: hashOf(code) })
    // Of two concurrent requests, only one succeeds.
    if (!link || (await em.nativeDelete(SignInLinkEntity, { id: link.id })) !== 1) return null
    if (link.expiresAt <= now) return null
    const { personId, personName, surface, workspace, channelId, threadId, draftId } = link
    await keepNewest(em, 'sessions', { workspace, personId }, MOST.sessions - 1)
    const secret = randomBytes(CHANCE).toString('base64url')
    const row = {
      ...{ personId, personName, surface, workspace, channelId, threadId },
      locale: link.locale || browser.locale.slice(0, 20),
      userAgent: browserOf(browser.userAgent),
      ...{ secretHash: hashOf(secret), createdAt: now, lastUsedAt: now },
      expiresAt: new Date(now.getTime() + LASTS.session),
    }
    const id = await em.insert(SessionEntity, row)
    return { secret, session: { id, ...row }, draftId }
  })
}

/** The session of a secret; null if it has ended or never existed. */
export async function findSession(core: SessionCore, secret: string): Promise<Session | null> {
  const em = core.db.fork()
  const now = core.clock()
  const session = await em.findOne(SessionEntity, { secretHash: hashOf(secret), expiresAt: { $gt: now } })
  if (session && now.getTime() - session.lastUsedAt.getTime() >= NOTED)
    await em.nativeUpdate(SessionEntity, { id: session.id }, { lastUsedAt: now })
  return session
}

/** A person's sessions in a workspace, newest first. */
export async function sessionsOf(core: SessionCore, workspace: string, personId: string): Promise<Session[]> {
  const theirs = { workspace, personId, expiresAt: { $gt: core.clock() } }
  return core.db.fork().find(SessionEntity, theirs, { orderBy: { id: 'desc' } })
}

/** Which sessions to end; for a person, all of theirs in this workspace, and their unused links become invalid. */
export type Ended =
  | { workspace: string; personId: string; id: number }
  | { workspace: string; personId: string }
  | { workspace: string }

/** @returns how many were active. */
export async function endSessions(core: SessionCore, which: Ended): Promise<number> {
  const em = core.db.fork()
  const ended = await em.nativeDelete(SessionEntity, which)
  if (!('id' in which)) await em.nativeDelete(SignInLinkEntity, which)
  return ended
}

async function keepNewest(
  em: EntityManager,
  table: 'sign_in_links' | 'sessions',
  { workspace, personId }: { workspace: string; personId: string },
  most: number,
): Promise<void> {
  await em.execute(
    `delete from ${table} where workspace = ? and person_id = ? and id not in (
       select id from ${table} where workspace = ? and person_id = ? order by id desc limit ?)`,
    [workspace, personId, workspace, personId, most],
  )
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

const BROWSERS = [
  ['Edge', /\bEdgA?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Headless)?(?:Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
] as const
const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const

/** A browser and its system, such as `Firefox, Windows`; nothing else that browsers send is stored. */
function browserOf(userAgent: string): string {
  const named = (list: readonly (readonly [string, RegExp])[]) =>
    list.find(([, sign]) => sign.test(userAgent))?.[0]
  return [named(BROWSERS), named(SYSTEMS)].filter((name) => name !== undefined).join(', ')
}
