import type { Whose } from './error-messages.ts'

/** What may be done; null means as much as anybody likes. */
interface Quota {
  /** Drafts that are not finished. */
  openDrafts: number | null
  rendersPerHour: number | null
  /** Seconds of video a day. A render is allowed as long as those before it are below. */
  videoSecondsPerDay: number | null
  /**
   * What services that are paid for, or limit their keys, are asked for: a script, a rewriting, a search, a voice or footage of
   * a segment count one each. An act is allowed as long as those before it are below.
   */
  paidCallsPerHour: number | null
}

/** For one person, in all their workspaces and direct messages of a platform together, and for all of a workspace together. */
export type Quotas = Record<Whose, Quota>

/** US dollars that paid services may cost in any 24 hours; null for as much as it takes. */
export interface Budgets {
  bot: number | null
  workspace: number | null
}
