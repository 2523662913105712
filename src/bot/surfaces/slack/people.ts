import type { webApi } from '@slack/bolt'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import { z } from 'zod'

/** What Slack says about a person. */
export interface Person {
  name: string
  locale: string
  /** A workspace admin or owner. */
  isAdmin: boolean
  /** Sees only the conversations that they were invited to. */
  isGuest: boolean
  /** From another company, through Slack Connect. */
  isStranger: boolean
  /** Deactivated, so they can no longer do anything. */
  isGone: boolean
  /** The workspaces that the person belongs to. */
  teams: string[]
}

export interface People {
  /**
   * Looks up a person, for at most `patience` milliseconds; null if Slack doesn't answer in time. The answer may be
   * `maxAge` milliseconds old, by default a minute.
   */
  find(userId: string, patience: number, maxAge?: number): Promise<Person | null>
}

/** Milliseconds for which an answer is valid; it says who is an admin or a guest. */
const FRESH = 60_000
/** People remembered at a time. */
const KEPT = 2000

const text = z.string().nullish()
const flag = z.boolean().nullish()
const User = z.looseObject({
  name: text,
  real_name: text,
  team_id: text,
  locale: text,
  is_admin: flag,
  is_owner: flag,
  is_primary_owner: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  deleted: flag,
  profile: z.looseObject({ display_name: text, real_name: text }).nullish(),
  enterprise_user: z.looseObject({ teams: z.array(z.string()).nullish() }).nullish(),
})

/** People from users.info, cached for a few minutes. */
export function createPeople(client: webApi.WebClient, log: Logger): People {
  const known = new LRUCache<string, { person: Person; at: number }>({ max: KEPT })
  const asked = new Map<string, Promise<Person | null>>()

  async function ask(userId: string): Promise<Person | null> {
    try {
      const { user } = await client.users.info({ user: userId, include_locale: true })
      const person = personOf(User.parse(user))
      known.set(userId, { person, at: performance.now() })
      return person
    } catch (error) {
      log.warn({ err: error, user: userId }, 'could not look up a person on Slack')
      return null
    } finally {
      asked.delete(userId)
    }
  }

  return {
    async find(userId, patience, maxAge = FRESH) {
      const before = known.get(userId)
      if (before && performance.now() - before.at < maxAge) return before.person
      const asking = asked.get(userId) ?? ask(userId)
      asked.set(userId, asking)
      const answer = await Promise.race([asking, nothingAfter(patience)])
      // An older answer is still good for where they are from and their names, but not for their rights.
      return answer ?? (before ? { ...before.person, isAdmin: false, isGuest: true } : null)
    },
  }
}

function personOf(user: z.infer<typeof User>): Person {
  const names = [user.profile?.display_name, user.real_name, user.profile?.real_name, user.name]
  return {
    name: names.find((name) => name && name.trim() !== '') ?? '',
    locale: user.locale || 'en',
    isAdmin: [user.is_admin, user.is_owner, user.is_primary_owner].includes(true),
    isGuest: [user.is_restricted, user.is_ultra_restricted].includes(true),
    isStranger: user.is_stranger === true,
    isGone: user.deleted === true,
    teams: [...(user.team_id ? [user.team_id] : []), ...(user.enterprise_user?.teams ?? [])],
  }
}

function nothingAfter(milliseconds: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), milliseconds).unref()
  })
}
