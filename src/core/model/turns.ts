/** Who wants to do the same kind of thing at the same moment does it in turn. Machines that share a database need one of these that they share. */
export interface Turns {
  /** Runs `work` when all that was asked for before under this key is over, whatever became of it. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>
}
