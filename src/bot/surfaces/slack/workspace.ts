import type { Origin } from './origin.ts'
import type { Person } from './people.ts'

/**
 * The workspace in whose name a person acts. In a channel that is shared with another company, people of that company see
 * our messages and can press their buttons; they act for their own workspace, in which our drafts do not exist.
 * `home` is where the bot is installed.
 */
export function workspaceOf(
  home: string,
  { teamId, userTeamId }: Pick<Origin, 'teamId' | 'userTeamId'>,
  person: Person | null,
): string {
  if (teamId !== null && teamId !== home) return workspaceOfTeam(teamId)
  if (person?.isStranger) return foreign(home, [userTeamId, ...person.teams])
  // In an Enterprise Grid one person belongs to several workspaces, and a payload names any of them.
  const teams = person && person.teams.length > 0 ? person.teams : [userTeamId ?? teamId]
  return teams.includes(home) ? workspaceOfTeam(home) : foreign(home, teams)
}

/** The workspace of a team's drafts. */
export function workspaceOfTeam(teamId: string): string {
  return `slack:${teamId}`
}

/** Somebody of whom nothing says that they are ours belongs to no workspace that has drafts. */
function foreign(home: string, teams: (string | null)[]): string {
  return workspaceOfTeam(teams.find((team) => team !== null && team !== home) ?? 'unknown')
}
