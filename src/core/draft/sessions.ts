import { createHash, randomBytes } from 'node:crypto'
import { type Session, SessionEntity, SignInLinkEntity } from '../../db/entities/session.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Actor, Place } from '../model/people.ts'
import type { Core } from './core.ts'

/**
 * Signing in to the studio: a link works once and for ten minutes, for one person in one workspace, and begins a session of one
 * browser. What stands in links and cookies is stored as its hash, so that nobody who reads the database can use it.
 */

/** How long they last, in milliseconds. */
export const LASTS = { link: 600_000, session: 12 * 3_600_000 }
/** Of one person in one workspace at a time; of more the oldest end. */
const MOST = { links: 5, sessions: 20 }
/** Milliseconds between two notes of when a session was last used. */
const NOTED = 60_000
/** Bytes of chance in a code or a secret. */
const CHANCE = 32

type SessionCore = Pick<Core, 'db' | 'clock'>

/** Whom a link signs in. */
export interface SignIn {
  actor: Actor
  /** Where drafts that they begin live. */
  home: Place
  /** What they read; null where their browser says it. */
  locale: string | null
  /** Whose page is opened afterwards; null for the list. */
  draftId: string | null
}

/** @returns what stands in the link; it is nowhere else. */
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
 * Uses a link up.
 * @param browser what it says of itself; its language counts where the link says none.
 * @returns the secret of the session that it begins, and the draft to open; null for a link that was used, has expired or never was.
 */
export async function useSignIn(
  core: SessionCore,
  code: string,
  browser: { userAgent: string; locale: string },
): Promise<{ secret: string; session: Session; draftId: string | null } | null> {
  const now = core.clock()
  return core.db.transaction(async (em) => {
    const link = await em.findOne(SignInLinkEntity, { codeHash: hashOf(code) })
    // Of two that come at once only one takes it out.
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

/** The session that a secret belongs to; null where it has ended, or never was. */
export async function findSession(core: SessionCore, secret: string): Promise<Session | null> {
  const em = core.db.fork()
  const now = core.clock()
  const session = await em.findOne(SessionEntity, { secretHash: hashOf(secret), expiresAt: { $gt: now } })
  if (session && now.getTime() - session.lastUsedAt.getTime() >= NOTED)
    await em.nativeUpdate(SessionEntity, { id: session.id }, { lastUsedAt: now })
  return session
}

/** What somebody has open in a workspace, the newest first. */
export async function sessionsOf(core: SessionCore, workspace: string, personId: string): Promise<Session[]> {
  const theirs = { workspace, personId, expiresAt: { $gt: core.clock() } }
  return core.db.fork().find(SessionEntity, theirs, { orderBy: { id: 'desc' } })
}

/** Which sessions are ended; those of a person are theirs in this workspace, and no link of theirs works any more. */
export type Ended =
  | { workspace: string; personId: string; id: number }
  | { workspace: string; personId: string }
  | { workspace: string }

/** @returns how many were open. */
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

/** A browser and the system that it runs on, such as `Firefox, Windows`; nothing else of what browsers tell is kept. */
function browserOf(userAgent: string): string {
  const named = (list: readonly (readonly [string, RegExp])[]) =>
    list.find(([, sign]) => sign.test(userAgent))?.[0]
  return [named(BROWSERS), named(SYSTEMS)].filter((name) => name !== undefined).join(', ')
}
