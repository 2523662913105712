/**
 * What somebody is about to use, so that nobody else chooses the same meanwhile. Machines that share a database need claims that
 * they share and that end with the machine that holds them.
 */
export interface Claims {
  /** @returns false when somebody has it. */
  take(name: string): Promise<boolean>
  release(name: string): Promise<void>
}
