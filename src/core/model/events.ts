/**
 * Notifies surfaces that a draft should be redrawn. Nothing may depend on receiving an event: the database is the truth.
 * Machines that share a database exchange events through a shared implementation.
 */
export interface DraftEvents {
  /** Something visible about a draft has changed: its text, assets or status, or a job's progress. */
  changed(draftId: string): void
  /** A draft is gone, and its thread should say so. @param workspace whose lists contained it, if any. */
  deleted(draftId: string, workspace?: string): void
  /**
   * Calls `listener` with the draft's id, and with the workspace if it is gone, until the returned function is called.
   */
  on(event: 'changed' | 'deleted', listener: (draftId: string, workspace?: string) => void): () => void
}
