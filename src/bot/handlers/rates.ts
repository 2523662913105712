/**
 * Limits how often each caller may do something. Machines that share a database count together through a shared
 * implementation.
 */
export interface Rates {
  /** @returns seconds until it is allowed; 0 if it is allowed now, which counts as one use. */
  take(who: string): number
}
