/**
 * Tells surfaces that a draft should be shown again. Nothing may depend on hearing them: the database is the truth. Machines that
 * share a database hear each other's through one of these that they share.
 */
export interface DraftEvents {
  /** Something about a draft that a surface shows has changed: its words, assets, status, or a job's progress. */
  changed(draftId: string): void
  /** A draft is gone; its thread should say so. @param workspace whose lists it was in; absent where it was in none. */
  deleted(draftId: string, workspace?: string): void
  /**
   * Calls `listener` with the draft's id from now on, and for one that is gone with its workspace, until the function that is
   * returned is called.
   */
  on(event: 'changed' | 'deleted', listener: (draftId: string, workspace?: string) => void): () => void
}
