import type { DraftPlace } from '../../core/draft/places.ts'

/** What one person may do with the drafts of a place. */
export interface Rights {
  see: boolean
  write: boolean
  /** Looks after the place: may delete what others made. */
  manage: boolean
  /** Looks after the whole workspace: may change what counts for all of its drafts. */
  manageWorkspace: boolean
  /**
   * True where the place is gone or nothing is known of it: then the author of a draft, and nobody else, has every right to
   * it all the same.
   */
  authorKeeps: boolean
}

/**
 * What a platform says about one person. Implemented once a surface. It is asked only about places of the workspace in whose
 * name the person acts; what the platform does not say is `UNKNOWN`, never a guess.
 */
export interface Access {
  /** With `onlySee` the other rights need not be found out. */
  at(place: DraftPlace, onlySee?: boolean): Promise<Rights>
}

export const NOTHING: Rights = {
  see: false,
  write: false,
  manage: false,
  manageWorkspace: false,
  authorKeeps: false,
}
export const UNKNOWN: Rights = { ...NOTHING, authorKeeps: true }
export const EVERYTHING: Rights = {
  see: true,
  write: true,
  manage: true,
  manageWorkspace: true,
  authorKeeps: false,
}
