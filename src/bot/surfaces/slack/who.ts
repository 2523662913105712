import type { Logger } from 'pino'
import type { Access } from '../../handlers/access.ts'
import { createAccess } from './access.ts'
import type { Channels } from './channels.ts'
import type { Origin } from './origin.ts'
import type { People, Person } from './people.ts'
import { workspaceOf, workspaceOfTeam } from './workspace.ts'

export interface Registry {
  people: People
  channels: Channels
  /** The workspace where the bot is installed. */
  teamId: string
}

/** Who acted, and what they may do. Takes at most `patience` milliseconds. */
export async function whoDid(
  { people, channels, teamId }: Registry,
  origin: Pick<Origin, 'userId' | 'teamId' | 'userTeamId' | 'channelId'>,
  patience: number,
  log: Logger,
): Promise<{ person: Person | null; workspace: string; access: Access }> {
  const { channelId, userId } = origin
  const since = performance.now()
  // Actions mostly concern the place where they happen, so look that up early: Slack has answered by the time it is needed.
  if (channelId !== '')
    for (const asked of [channels.find(channelId), channels.isMember(channelId, userId, 0)])
      asked.catch(() => undefined)
  const person = await people.find(userId, patience)
  const workspace = workspaceOf(teamId, origin, person)
  const isOurs = workspace === workspaceOfTeam(teamId)
  return { person, workspace, access: createAccess(channels, log, { userId, person, isOurs, since }) }
}
