import type { Actor } from './people.ts'

/** Who has a draft's page open. Machines that share a database need a shared implementation. */
export interface Presence {
  /** Counts a person as present until the returned function is called. */
  enter(draftId: string, person: Actor): () => void
  /** The names of the people present, each once, in order of arrival. */
  here(draftId: string): Promise<string[]>
  /** Calls `listener` whenever a person comes or goes, until the returned function is called. */
  on(event: 'changed', listener: (draftId: string) => void): () => void
}
