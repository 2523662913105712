type Who = 'ann' | 'ben'

/** One draft on one platform, as people there see and use it. Each platform has one of these, and they share one test. */
export interface FlowDriver {
  /** What the top message shows. */
  top(): string
  /** What the messages of the segments show, in order. */
  segments(): string[]
  /** The files that were posted into the thread as messages of their own, with the words beside them. */
  files(): { name: string; text: string }[]
  /** What stands in the channel beside what opened the thread. */
  channel(): string[]
  /** What one person was told in private last, errors under the fields of a form included. */
  told(who: Who): string
  /** Presses a button of the top message (0) or of a segment's (from 1). */
  press(who: Who, place: number, button: string): Promise<void>
  /** Chooses an item of the menu of a segment. */
  choose(who: Who, place: number, item: string): Promise<void>
  /** Opens a form by a button. @returns what sends it, its fields named by their labels. */
  form(who: Who, place: number, button: string): Promise<(values: Record<string, string>) => Promise<void>>
  /** Everything that the platform would have refused. */
  complaints(): unknown[]
}

/** Types `/draft create` as ann, with a script of these texts, and waits for all of the draft. */
export type StartFlow = (topic: string, texts: string[]) => Promise<FlowDriver>
