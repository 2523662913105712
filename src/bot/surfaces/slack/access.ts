import type { Logger } from 'pino'
import { type Access, EVERYTHING, NOTHING, type Rights, UNKNOWN } from '../../handlers/access.ts'
import type { Channels } from './channels.ts'
import { slackCode } from './errors.ts'
import type { Person } from './people.ts'

export interface Who {
  userId: string
  /** Null when Slack does not say who it is. */
  person: Person | null
  /** Whether they belong to the workspace that the bot is installed in. */
  isOurs: boolean
  /** When they did it, by `performance.now()`: they may have joined a conversation just before. */
  since: number
  /** How old it may be, in milliseconds, that they are in a conversation; a minute unless told. */
  maxAge?: number
}

/** Milliseconds for which it is believed that somebody is not in a conversation, where many are asked about at once. */
const NOT_IN = 10_000

/**
 * What one person may do. A public channel is open to everybody of the workspace but guests; whatever else a conversation is, its
 * members see what is in it, and only members write in it. A thread is as open as its conversation.
 */
export function createAccess(channels: Channels, log: Logger, who: Who): Access {
  const { userId, person, isOurs, since, maxAge } = who

  /** Null where Slack does not say; the reason is logged. */
  async function told<T>(asking: Promise<T>): Promise<T | null> {
    return asking.catch((error: unknown) => {
      // That a permission is missing has been said once, by `createChannels`.
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
      // Slack does not tell a deleted conversation from a private one that the bot was taken out of.
      if (found?.conversation === null) return goneFor(isAdmin && !channelId.startsWith('D'))
      const isOpen = found?.conversation.isPublic === true && !isGuest
      const manages = { manage: isAdmin, manageWorkspace: isAdmin }
      const seeing: Rights = { see: true, write: false, ...manages, authorKeeps: false }
      if (onlySee && isOpen) return seeing
      const isMember = await (joined ?? joining())
      // In an archived channel nobody can write; its author can still take a draft out of it.
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
