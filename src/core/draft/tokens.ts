import { createHash, randomBytes } from 'node:crypto'
import { type ApiToken, ApiTokenEntity, TOKEN_SCOPES, type TokenScope } from '../../db/entities/api-token.ts'
import { UserError } from '../model/errors.ts'
import type { Actor, Place } from '../model/people.ts'
import { recordAct } from './audit.ts'
import type { Core } from './core.ts'
import { cleanLine } from './validate.ts'

export { TOKEN_SCOPES, type TokenScope }

export type TokenCore = Pick<Core, 'db' | 'clock'>

/** The prefix of tokens, by which people and secret scanners recognise them. */
export const TOKEN_PREFIX = 'rushes_'
const TOKEN = /^rushes_[0-9a-f]{64}$/
const MAX = { ofWorkspace: 50, name: 60 }
/** Milliseconds in which a token's use is recorded at most once. */
const USED = 60_000

const ACTOR_PREFIX = 'token:'

/** The id of an actor that is a token itself, for tokens that act for a whole workspace. */
export function tokenActorId(id: number): string {
  return `${ACTOR_PREFIX}${id}`
}

/** Whether an actor is a token and not a person. */
export function isTokenActor(actorId: string): boolean {
  return actorId.startsWith(ACTOR_PREFIX)
}

/** A token in lists, without its secret. */
export interface ListedToken {
  workspace: string
  name: string
  scopes: TokenScope[]
  /** The person it acts for; null for the workspace itself. */
  personName: string | null
  createdAt: Date
  /** To the minute; null if it was never used. */
  lastUsedAt: Date | null
}

export interface NewToken {
  name: string
  scopes: readonly string[]
  /** Where drafts made with it get their threads; an empty channel means none. */
  home: Place
  /** In whose name it acts; null for the workspace itself. */
  person: Actor | null
  locale: string
}

/** Who changes a workspace's tokens, and where. */
export interface TokenScopeOf {
  place: Place
  actor: Actor
}

/**
 * Creates a token, which is only returned here. Its SHA-256 is stored, which is sufficient because 256 random bits can't be
 * guessed.
 * @throws UserError for an invalid name or scope, a name in use, or too many tokens.
 */
export async function createToken(
  core: TokenCore,
  { place, actor }: TokenScopeOf,
  { name: typed, scopes, home, person, locale }: NewToken,
): Promise<{ token: string; made: ListedToken }> {
  const name = cleanLine('tokenName', typed, MAX.name)
  if (name === '') throw new UserError('text_empty', { field: 'tokenName' })
  const wanted = cleanScopes(scopes)
  const token = TOKEN_PREFIX + randomBytes(32).toString('hex')
  const { workspace } = place
  const now = core.clock()
  const made = await core.db.transaction(async (em) => {
    if ((await em.count(ApiTokenEntity, { workspace })) >= MAX.ofWorkspace)
      throw new UserError('too_many_tokens', { max: MAX.ofWorkspace })
    if ((await em.count(ApiTokenEntity, { workspace, name })) > 0)
      throw new UserError('token_name_taken', { name })
    const row = {
      ...{ tokenHash: hashOf(token), workspace, name, scopes: wanted, locale: locale.slice(0, 20) },
      ...{ surface: home.surface, channelId: home.channelId },
      ...{ personId: person?.id ?? null, personName: person?.name ?? null },
      ...{ createdAt: now, lastUsedAt: null },
    }
    const id = await em.insert(ApiTokenEntity, row)
    const facts = { token: id, scopes: wanted.join(' ') }
    await recordAct(em, 'token_created', { place, draftId: null, actor, now }, facts)
    return row
  })
  return { token, made }
}

/** The tokens of one or all workspaces, sorted by name. */
export async function listTokens(core: TokenCore, workspace?: string): Promise<ListedToken[]> {
  const where = workspace === undefined ? {} : { workspace }
  return core.db.fork().find(ApiTokenEntity, where, { orderBy: [{ workspace: 'asc' }, { name: 'asc' }] })
}

/** Revokes a token immediately. @throws UserError if the workspace has none with this name. */
export async function revokeToken(
  core: TokenCore,
  { place, actor }: TokenScopeOf,
  typed: string,
): Promise<string> {
  const { workspace } = place
  const now = core.clock()
  return core.db.transaction(async (em) => {
    const all = await em.find(ApiTokenEntity, { workspace }, { fields: ['name'] })
    const found = all.find(({ name }) => plain(name) === plain(typed))
    if (!found) throw new UserError('token_not_found', { name: typed.trim().slice(0, MAX.name) })
    await em.nativeDelete(ApiTokenEntity, { id: found.id })
    await recordAct(em, 'token_revoked', { place, draftId: null, actor, now }, { token: found.id })
    return found.name
  })
}

/** Looks up a token from arbitrary input; null if it is unknown or revoked. */
export async function tokenSent(core: TokenCore, sent: string): Promise<ApiToken | null> {
  if (!TOKEN.test(sent)) return null
  const em = core.db.fork()
  const found = await em.findOne(ApiTokenEntity, { tokenHash: hashOf(sent) })
  if (!found) return null
  const now = core.clock()
  if (found.lastUsedAt === null || now.getTime() - found.lastUsedAt.getTime() >= USED)
    await em.nativeUpdate(ApiTokenEntity, { id: found.id }, { lastUsedAt: now })
  return found
}

function cleanScopes(scopes: readonly string[]): TokenScope[] {
  const wanted = new Set(scopes.map((each) => each.trim().toLowerCase()).filter((each) => each !== ''))
  const known = TOKEN_SCOPES.filter((scope) => wanted.delete(scope))
  const [unknown] = wanted
  if (unknown !== undefined || known.length === 0)
    throw new UserError('not_a_choice', {
      ...{ field: 'tokenScopes', value: (unknown ?? '').slice(0, 40), allowed: TOKEN_SCOPES.join(', ') },
    })
  return known
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function plain(name: string): string {
  return name.trim().normalize('NFC').toLowerCase()
}
