import type { Chat } from './chat.ts'

/** A platform that Rushes is connected to. */
export interface Surface {
  chat: Chat
  /** What an admin should know at start, e.g. the invite link; a line each. */
  notes: string[]
  /** Closes the connection. */
  stop(): Promise<void>
}

/** A platform cannot be used as it is set up; `message` is one line for whoever starts the program. */
export class SurfaceError extends Error {}
