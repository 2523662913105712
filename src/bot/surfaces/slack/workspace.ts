import type { Origin } from './origin.ts'
import type { Person } from './people.ts'

/**
 * The workspace for which a person acts. In a channel shared with another company, that company's people see our messages
 * and can press their buttons, but they act for their own workspace, in which our drafts don't exist. `home` is where the
 * bot is installed.
 */
export function workspaceOf(
  home: string,
  { teamId, userTeamId }: Pick<Origin, 'teamId' | 'userTeamId'>,
  person: Person | null,
): string {
  if (teamId !== null && teamId !== home) return workspaceOfTeam(teamId)
  if (person?.isStranger) return foreign(home, [userTeamId, ...person.teams])
  // In an Enterprise Grid a person belongs to several workspaces, and a payload contains any of them.
  const teams = person && person.teams.length > 0 ? person.teams : [userTeamId ?? teamId]
  return teams.includes(home) ? workspaceOfTeam(home) : foreign(home, teams)
}

/** The workspace of a team's drafts. */
export function workspaceOfTeam(teamId: string): string {
  return `slack:${teamId}`
}

/** People who can't be identified as ours belong to no workspace with drafts. */
function foreign(home: string, teams: (string | null)[]): string {
  return workspaceOfTeam(teams.find((team) => team !== null && team !== home) ?? 'unknown')
}
