/** Addresses where people and their programs find a draft and its film. */
export interface DraftLinks {
  /** The draft's page in the studio; null if others can't reach the studio. */
  studio(draftId: string): string | null
  /**
   * An address from which a program can download a file without signing in, for a few days; null if there is none.
   * Only for files of a finished film.
   */
  file(draftId: string, file: string): string | null
  /**
   * Where a render's film is in the chat: null if the chat has no addresses, `coming` until it is posted.
   * @param render the job that makes or has made it.
   */
  message(draftId: string, render: string): Promise<string | null | 'coming'>
  /** The draft's thread in the chat; null if the chat has no addresses. */
  thread(draftId: string): Promise<string | null>
}
