import type { Core } from '../../core/draft/core.ts'
import type { Chat, Spot } from './chat.ts'
import type { LoadedDraft } from './load-shown.ts'

/** What one run works with. */
export interface Projection {
  core: Core
  chat: Chat
  shown: LoadedDraft
  spot: Spot
  /** True to look whether the messages are still there, and to start a deleted thread again. */
  verify: boolean
  /** An address that leads to a message; null where the platform has none, or does not say. */
  linkTo(spot: Spot, messageId: string): Promise<string | null>
  /** Given when the program stops. */
  signal: AbortSignal
}
