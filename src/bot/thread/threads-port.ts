import type { MessageView } from '../view/types.ts'
import type { Words } from '../words/index.ts'
import type { Chat, Sent, Spot } from './chat.ts'
import type { FinishedVideo } from './finished-video.ts'

/** The projection of drafts into threads, as handlers and surfaces see it. */
export interface Threads {
  /** Makes a platform available; called before its first event arrives. */
  register(chat: Chat): void
  /** Declares that drafts of this surface have no thread, so changes need not be sent anywhere. */
  withoutThreads(surface: string): void
  /** Schedules an update of a draft's thread, including a check that all its messages still exist. */
  refresh(draftId: string): void
  /**
   * Same, and waits for it. A deleted thread is started again, at `elsewhere` if its channel is gone too or if the thread
   * wasn't the bot's own.
   * @throws GoneError if `elsewhere` is needed and missing.
   */
  sync(draftId: string, elsewhere?: Spot): Promise<void>
  /**
   * Runs `open` before anything of the draft is shown, then shows the draft at the place it returns. What `open` sends
   * under `nonce` is found again if the program ends before it is recorded.
   */
  open(draftId: string, open: (nonce: string) => Promise<Spot & Partial<Sent>>): Promise<void>
  /** The address of a draft's thread, or null if there is none. */
  link(draftId: string): Promise<string | null>
  /** Someone deleted a message; if it was the bot's, it is posted again. */
  messageDeleted(messageId: string): Promise<void>
  /** Passes the newest finished video of a draft to `work`, in the form it can be sent there, with where it is posted. */
  withVideo(draftId: string, work: (video: FinishedVideo) => Promise<void>): Promise<void>
  /** Shows a person the whole draft as it is now; `say` shows a view only to them, and a second call replaces it. */
  watch(
    workspace: string,
    draftId: string,
    words: Words,
    say: (view: MessageView) => Promise<void>,
  ): Promise<void>
  readonly clips: Clips
}

/** The clips of segments, for people who ask to see one. */
export interface Clips {
  /** Posts the clip into the thread, on platforms whose segment messages can't hold a playable one. */
  post(workspace: string, draftId: string, segmentId: number): Promise<void>
  /** The address of the segment's current clip in the thread; null if it isn't posted there. */
  posted(workspace: string, draftId: string, segmentId: number): Promise<string | null>
  /** Passes the clip to `show`, small enough for the draft's place; calls `soon` first if it has to be made. */
  show(
    workspace: string,
    draftId: string,
    segmentId: number,
    soon: () => Promise<void>,
    show: (view: MessageView) => Promise<void>,
  ): Promise<void>
}
