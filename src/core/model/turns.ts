/** Serialises concurrent actions of the same kind. Machines that share a database need a shared implementation. */
export interface Turns {
  /** Runs `work` once everything requested before under this key has finished or failed. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>
}
