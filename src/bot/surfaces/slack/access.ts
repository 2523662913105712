import type { Logger } from 'pino'
import { type Access, EVERYTHING, NOTHING, type Rights, UNKNOWN } from '../../handlers/access.ts'
import type { Channels } from './channels.ts'
import { slackCode } from './errors.ts'
import type { Person } from './people.ts'

export interface Who {
  userId: string
  /** Null if Slack doesn't say who it is. */
  person: Person | null
  /** Whether they belong to the workspace where the bot is installed. */
  isOurs: boolean
  /** When they acted, by `performance.now()`: they may have joined a conversation just before. */
  since: number
  /** The maximum age of a cached membership, in milliseconds; by default a minute. */
  maxAge?: number
}

/** Milliseconds for which a negative membership is cached when many are checked at once. */
const NOT_IN = 10_000

/**
 * What one person may do. A public channel is open to everyone in the workspace except guests; in any other conversation,
 * members see the content, and only members can write. A thread is as open as its conversation.
 */
export function createAccess(channels: Channels, log: Logger, who: Who): Access {
  const { userId, person, isOurs, since, maxAge } = who

  /** Null if Slack doesn't say; the reason is logged. */
  async function told<T>(asking: Promise<T>): Promise<T | null> {
    return asking.catch((error: unknown) => {
      // `createChannels` has already reported the missing permission.
      const level = slackCode(error) === 'missing_scope' ? 'debug' : 'warn'
      log[level]({ err: error }, 'could not look up who is in a conversation on Slack')
      return null
    })
  }

  return {
    async at({ channelId }, onlySee = false) {
      if (!isOurs || person?.isGone) return NOTHING
      if (person === null || channelId === '') return UNKNOWN
      const { isAdmin, isGuest } = person
      const finding = told(channels.find(channelId).then((conversation) => ({ conversation })))
      const joining = () =>
        told(channels.isMember(channelId, userId, onlySee ? NOT_IN : performance.now() - since, maxAge))
      const joined = onlySee ? null : joining()
      const found = await finding
      // Slack doesn't distinguish a deleted conversation from a private one that the bot was removed from.
      if (found?.conversation === null) return goneFor(isAdmin && !channelId.startsWith('D'))
      const isOpen = found?.conversation.isPublic === true && !isGuest
      const manages = { manage: isAdmin, manageWorkspace: isAdmin }
      const seeing: Rights = { see: true, write: false, ...manages, authorKeeps: false }
      if (onlySee && isOpen) return seeing
      const isMember = await (joined ?? joining())
      // Nobody can write in an archived channel, but a draft's author can still move it elsewhere.
      const authorKeeps = found?.conversation.isArchived === true || isMember === null
      if (!isMember && !isOpen) return found === null || authorKeeps ? UNKNOWN : NOTHING
      const write = isMember === true && found?.conversation.isArchived !== true
      return { ...seeing, write, authorKeeps }
    },
  }
}

function goneFor(isManager: boolean): Rights {
  return isManager ? { ...EVERYTHING, authorKeeps: true } : UNKNOWN
}
