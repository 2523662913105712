import { EventEmitter } from 'node:events'
import type { DraftEvents } from '../../../core/model/events.ts'

/** Events that reach all listeners in this process. */
export class LocalEvents implements DraftEvents {
  readonly #emitter = new EventEmitter<{
    changed: [draftId: string]
    deleted: [draftId: string, workspace?: string]
  }>()

  changed(draftId: string): void {
    this.#emitter.emit('changed', draftId)
  }

  deleted(draftId: string, workspace?: string): void {
    this.#emitter.emit('deleted', draftId, workspace)
  }

  on(event: 'changed' | 'deleted', listener: (draftId: string, workspace?: string) => void): () => void {
    this.#emitter.on(event, listener)
    return () => void this.#emitter.off(event, listener)
  }
}
