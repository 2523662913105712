import type { DraftPlace } from '../../core/draft/places.ts'

/** What one person may do with the drafts of a place. */
export interface Rights {
  see: boolean
  write: boolean
  /** A moderator of the place: may delete what others made. */
  manage: boolean
  /** A manager of the workspace: may change what applies to all of its drafts. */
  manageWorkspace: boolean
  /**
   * True if the place is gone or nothing is known about it: then a draft's author, and nobody else, still has every right to it.
   */
  authorKeeps: boolean
}

/**
 * What a platform says about one person. Implemented once per surface. Asked only about places of the workspace the person
 * acts in; what the platform doesn't say is `UNKNOWN`, never a guess.
 */
export interface Access {
  /** With `onlySee`, the other rights need not be looked up. */
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
