import type { Core } from '../../core/draft/core.ts'
import type { Chat, Spot } from './chat.ts'
import type { LoadedDraft } from './load-shown.ts'

/** The input of one run. */
export interface Projection {
  core: Core
  chat: Chat
  shown: LoadedDraft
  spot: Spot
  /** Whether to check that the messages still exist. */
  verify: boolean
  /** The address of a message; null if the platform has none or doesn't say. */
  linkTo(spot: Spot, messageId: string): Promise<string | null>
  /** Aborted when the program stops. */
  signal: AbortSignal
}
