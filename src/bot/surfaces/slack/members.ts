import type { Logger } from 'pino'
import { NOTHING } from '../../handlers/access.ts'
import type { Members } from '../../handlers/members.ts'
import { createAccess } from './access.ts'
import type { Registry } from './who.ts'
import { workspaceOf, workspaceOfTeam } from './workspace.ts'

/**
 * Milliseconds for which Slack's answer about a person is good. Together with how often open pages ask, it is less than the
 * minute within which somebody who has left is out.
 */
const FRESH = 30_000
/** Somebody who is not in a conversation may have joined it so many milliseconds ago. */
const JOINED = 10_000
/** Milliseconds that Slack gets to say who somebody is. */
const PATIENCE = 5000

/** What people may do who act in the studio. */
export function createMembers({ people, channels, teamId }: Registry, log: Logger): Members {
  return {
    access: (workspace, userId) => ({
      async at(place, onlySee) {
        if (place.workspace !== workspace || workspace !== workspaceOfTeam(teamId)) return NOTHING
        const person = await people.find(userId, PATIENCE, FRESH)
        const isOurs = workspaceOf(teamId, { teamId, userTeamId: null }, person) === workspace
        const since = performance.now() - JOINED
        return createAccess(channels, log, { userId, person, isOurs, since, maxAge: FRESH }).at(
          place,
          onlySee,
        )
      },
    }),
  }
}
