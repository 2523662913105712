/**
 * Short-lived reservations of things about to be used, so that no one else chooses the same. Machines that share a database
 * need shared claims that end with the machine holding them.
 */
export interface Claims {
  /** @returns false if it is already claimed. */
  take(name: string): Promise<boolean>
  release(name: string): Promise<void>
}
