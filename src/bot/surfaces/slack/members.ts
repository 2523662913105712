import type { Logger } from 'pino'
import { NOTHING } from '../../handlers/access.ts'
import type { Members } from '../../handlers/members.ts'
import { createAccess } from './access.ts'
import type { Registry } from './who.ts'
import { workspaceOf, workspaceOfTeam } from './workspace.ts'

/**
 * Milliseconds for which Slack's answer about a person is valid. Together with the polling interval of open pages, it is
 * less than the minute within which people who left lose access.
 */
const FRESH = 30_000
/** Milliseconds for which a negative membership is cached: the person may have joined since. */
const JOINED = 10_000
/** Milliseconds that Slack is given to identify a person. */
const PATIENCE = 5000

/** What people in the studio may do. */
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
