import type { Actor } from './people.ts'

/** Who has a draft's page open. Machines that share a database need one of these that they share. */
export interface Presence {
  /** Counts somebody as there until the function that is returned is called. */
  enter(draftId: string, person: Actor): () => void
  /** The names of those who are there, each person once, in the order in which they came. */
  here(draftId: string): Promise<string[]>
  /** Calls `listener` whenever somebody comes or goes, until the function that is returned is called. */
  on(event: 'changed', listener: (draftId: string) => void): () => void
}
