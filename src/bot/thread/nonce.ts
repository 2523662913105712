import { createHash } from 'node:crypto'
import type { MessageView } from '../view/types.ts'

export function hashOf(view: MessageView): string {
  return createHash('sha256').update(JSON.stringify(view)).digest('hex').slice(0, 32)
}

/** The same parts give the same nonce, so that a message whose answer was lost isn't posted twice. */
export function nonceOf(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
}
