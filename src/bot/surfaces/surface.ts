import type { Bot } from '../handlers/request.ts'
import type { Chat } from '../thread/chat.ts'

/** A platform that Rushes is connected to. */
export interface Surface {
  chat: Chat
  /** What an admin should know at start, e.g. the invite link; a line each. */
  notes: string[]
  /** Since when nothing that people do can come in; null while the platform is connected. */
  downSince(): Date | null
  /** Takes no new events, and waits a few seconds for the handlers in progress, which can still answer. */
  refuse(): Promise<void>
  /** Closes the connection. */
  stop(): Promise<void>
}

/** What people reach Rushes by; the studio has no chat. */
export type Connected = Omit<Surface, 'chat'> & { chat?: Chat }

/** Connects to a platform, and registers its chat with `bot.threads` before it takes the first event. */
export type StartSurface = (bot: Bot) => Promise<Connected>

/** A platform cannot be used as it is set up; `message` is one line for the person who starts the program. */
export class SurfaceError extends Error {}

/** A platform cannot be reached, or does not accept more right now: another start may meet it well. */
export class UnreachableError extends SurfaceError {}
