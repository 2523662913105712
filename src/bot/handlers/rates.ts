/** How often something may be done, counted by who does it. Machines that share a database count together through one that they share. */
export interface Rates {
  /** @returns seconds until it may be done; 0 where it may be now, which is counted. */
  take(who: string): number
}
