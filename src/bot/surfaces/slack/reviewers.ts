import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Reviewers, Role } from '../../../core/model/reviewers.ts'
import { Lookups } from '../lookups.ts'

/** Milliseconds for which answers about user groups and their members are valid. */
const FRESH = { groups: 60_000, members: 10_000 }
/** Maximum number of user groups whose members are remembered. */
const KEPT = 200

const Groups = z.looseObject({
  usergroups: z.array(z.looseObject({ id: z.string(), name: z.string(), handle: z.string().nullish() })),
})
const Members = z.looseObject({ users: z.array(z.string()) })

/** The workspace's user groups, which require the scope `usergroups:read`. */
export function createReviewers(client: webApi.WebClient): Reviewers {
  const groups = new Lookups<Role[]>({
    ask: async () => {
      const { usergroups } = Groups.parse(await client.usergroups.list({ include_disabled: false }))
      return usergroups.map(({ id, name, handle }) => ({ id, name: handle ? `@${handle}` : name }))
    },
    capacity: 1,
  })
  const members = new Lookups<ReadonlySet<string>>({
    ask: async (usergroup) => new Set(Members.parse(await client.usergroups.users.list({ usergroup })).users),
    capacity: KEPT,
  })
  return {
    roles: () => groups.get('', FRESH.groups),
    among: async (_workspace, roleId, people) => {
      const found = await members.get(roleId, FRESH.members)
      return new Set(people.filter((id) => found.has(id)))
    },
  }
}
