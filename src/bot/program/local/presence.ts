import { EventEmitter } from 'node:events'
import type { Actor } from '../../../core/model/people.ts'
import type { Presence } from '../../../core/model/presence.ts'

/** For one process, and until it ends. */
export class LocalPresence implements Presence {
  readonly #emitter = new EventEmitter<{ changed: [draftId: string] }>()
  readonly #people = new Map<string, Map<string, { name: string; pages: number }>>()

  enter(draftId: string, { id, name }: Actor): () => void {
    const people = this.#people.get(draftId) ?? new Map()
    this.#people.set(draftId, people)
    const person = people.get(id) ?? { name, pages: 0 }
    people.set(id, person)
    person.pages += 1
    if (person.pages === 1) this.#emitter.emit('changed', draftId)
    let isThere = true
    return () => {
      if (!isThere) return
      isThere = false
      person.pages -= 1
      if (person.pages > 0) return
      people.delete(id)
      if (people.size === 0) this.#people.delete(draftId)
      this.#emitter.emit('changed', draftId)
    }
  }

  async here(draftId: string): Promise<string[]> {
    return [...(this.#people.get(draftId)?.values() ?? [])].map(({ name }) => name)
  }

  on(event: 'changed', listener: (draftId: string) => void): () => void {
    this.#emitter.on(event, listener)
    return () => void this.#emitter.off(event, listener)
  }
}
