type Who = 'ann' | 'ben'

/** The place of the last message. */
export const LAST = -1

/** One draft on one platform, as people there see and use it. Each platform has one of these, and they share one test. */
export interface FlowDriver {
  /** What the top message shows. */
  top(): string
  /** What the messages of the segments show, in order. */
  segments(): string[]
  /** What the last message shows. */
  last(): string
  /** The names of the files that Download leads a person to. */
  files(who: Who): Promise<string[]>
  /** What stands in the channel. */
  channel(): string[]
  /** What one person was told in private last, errors under the fields of a form included. */
  told(who: Who): string
  /** Presses a button of the top message (0), of a segment's (from 1), or of the last one. */
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
