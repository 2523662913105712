import type { MessageView } from '../view/types.ts'
import type { Words } from '../words/index.ts'
import type { Chat, Sent, Spot } from './chat.ts'
import type { FinishedVideo } from './finished-video.ts'

/** The projection of drafts into threads, as handlers and surfaces see it. */
export interface Threads {
  /** Makes a platform available; called before the first event comes in from there. */
  register(chat: Chat): void
  /** Drafts of this surface have no thread: of what changes, nothing has to be sent anywhere. */
  withoutThreads(surface: string): void
  /** Brings a draft's thread up to date soon, and looks whether its messages are all still there. */
  refresh(draftId: string): void
  /**
   * The same, and waits for it; a thread that somebody deleted is started again, and where its channel is gone too, or
   * it was a thread of others, at `elsewhere`.
   * @throws GoneError where that would be needed and `elsewhere` is missing.
   */
  sync(draftId: string, elsewhere?: Spot): Promise<void>
  /**
   * Runs `open` before anything of the draft is shown, and shows the draft where it says. What it sends under `nonce` is
   * found again if the program ends before that is stored.
   */
  open(draftId: string, open: (nonce: string) => Promise<Spot & Partial<Sent>>): Promise<void>
  /** An address of a draft's thread, or null where there is none. */
  link(draftId: string): Promise<string | null>
  /** Somebody deleted a message; if it was one of ours it is posted again. */
  messageDeleted(messageId: string): Promise<void>
  /** Hands the newest finished video of a draft to `work`, as it can be sent there, and where it stands. */
  withVideo(draftId: string, work: (video: FinishedVideo) => Promise<void>): Promise<void>
  /** Shows somebody the whole draft as it is now; `say` shows something to them alone, and a second call replaces it. */
  watch(
    workspace: string,
    draftId: string,
    words: Words,
    say: (view: MessageView) => Promise<void>,
  ): Promise<void>
  readonly clips: Clips
}

/** The clips of segments, for who asks to see one. */
export interface Clips {
  /** Posts the clip into the thread, where messages cannot hold a playable one. */
  post(workspace: string, draftId: string, segmentId: number): Promise<void>
  /** The address of the clip in the thread, if the one that the segment shows now stands there; else null. */
  posted(workspace: string, draftId: string, segmentId: number): Promise<string | null>
  /** Gives the clip to `show`, in a form that may be sent at the draft's place; `soon` is called first where it has to be made. */
  show(
    workspace: string,
    draftId: string,
    segmentId: number,
    soon: () => Promise<void>,
    show: (view: MessageView) => Promise<void>,
  ): Promise<void>
}
