import type { Bot } from '../handlers/request.ts'
import type { Chat } from '../thread/chat.ts'

/** A platform Rushes is connected to. */
export interface Surface {
  chat: Chat
  /** What an admin should know at start, e.g. the invite link, one line each. */
  notes: string[]
  /** Since when the platform has been disconnected; null while it is connected. */
  downSince(): Date | null
  /** Accepts no new events, and waits a few seconds for running handlers, which can still respond. */
  refuse(): Promise<void>
  /** Closes the connection. */
  stop(): Promise<void>
}

/** How people reach Rushes; the studio has no chat. */
export type Connected = Omit<Surface, 'chat'> & { chat?: Chat }

/** Connects to a platform, and registers its chat with `bot.threads` before accepting the first event. */
export type StartSurface = (bot: Bot) => Promise<Connected>

/** A platform's configuration doesn't work; `message` is one line for the person who starts the program. */
export class SurfaceError extends Error {}

/** A platform can't be reached, or accepts no more connections right now: a later start may succeed. */
export class UnreachableError extends SurfaceError {}
