import { type APIGuildMember, type Client, DiscordAPIError, Routes } from 'discord.js'
import type { Reviewers } from '../../../core/model/reviewers.ts'
import { Lookups } from '../lookups.ts'

/** Milliseconds for which a person's roles are cached. */
const FRESH = 10_000
/** Maximum number of people remembered. */
const KEPT = 2000

/** Roles as sent by the gateway; who has one, as returned by Discord for each person, which requires no privileged intent. */
export function createReviewers({ rest, guilds }: Client<true>): Reviewers {
  // Keyed by guild and person; null for people who aren't members.
  const members = new Lookups<readonly string[] | null>({
    ask: async (key) => {
      const [guildId = '', userId = ''] = key.split(' ')
      try {
        return ((await rest.get(Routes.guildMember(guildId, userId))) as APIGuildMember).roles
      } catch (error) {
        if (error instanceof DiscordAPIError && error.status === 404) return null
        throw error
      }
    },
    capacity: KEPT,
  })

  return {
    roles: async (workspace) => {
      const guild = guilds.cache.get(guildOf(workspace) ?? '')
      return guild ? guild.roles.cache.map(({ id, name }) => ({ id, name })) : null
    },
    among: async (workspace, roleId, people) => {
      const guildId = guildOf(workspace)
      if (guildId === null) return new Set()
      const found = await Promise.all(
        people.map(async (id) => {
          const roles = await members.get(`${guildId} ${id}`, FRESH)
          // The @everyone role has the server's id, and isn't listed.
          return roles !== null && (roleId === guildId || roles.includes(roleId)) ? [id] : []
        }),
      )
      return new Set(found.flat())
    },
  }
}

/** Null for direct messages. */
function guildOf(workspace: string): string | null {
  return /^discord:(\d+)$/.exec(workspace)?.[1] ?? null
}
