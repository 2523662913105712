import type { Core } from '../../core/draft/core.ts'
import type { Shown } from '../view/shown.ts'
import type { Chat, Spot } from './chat.ts'

/** What one run works with. */
export interface Projection {
  core: Core
  chat: Chat
  shown: Shown
  spot: Spot
  /** True to look whether the messages are still there, and to start a deleted thread again. */
  verify: boolean
  /** Given when the program stops. */
  signal: AbortSignal
}
