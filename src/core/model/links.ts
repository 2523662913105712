/** Addresses at which people, and programs of theirs, find a draft and its film. */
export interface DraftLinks {
  /** The draft's page in the studio; null where the studio has no address that others reach. */
  studio(draftId: string): string | null
  /**
   * An address from which a program that is not signed in can fetch a file of the store for some days; null where there is none.
   * Only files of a finished film are given away like this.
   */
  file(draftId: string, file: string): string | null
  /**
   * Where the film of a render stands in the chat: null where that has no addresses, `coming` as long as it is not there yet.
   * @param render the job that makes it or has made it.
   */
  message(draftId: string, render: string): Promise<string | null | 'coming'>
  /** The draft's thread in the chat; null where that has no addresses. */
  thread(draftId: string): Promise<string | null>
}
