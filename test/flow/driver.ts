type Who = 'ann' | 'ben'

/** The position of the last message. */
export const LAST = -1

/** One draft on one platform, as people there see and use it. Each platform has a driver, and they share one test. */
export interface FlowDriver {
  /** The text of the top message. */
  top(): string
  /** The texts of the segments' messages, in order. */
  segments(): string[]
  /** The text of the last message. */
  last(): string
  /** The names of the files that Download offers a person. */
  files(who: Who): Promise<string[]>
  /** The messages in the channel. */
  channel(): string[]
  /** The most recent private message to a person, including errors below a form's fields. */
  told(who: Who): string
  /** Presses a button of the top message (0), of a segment's (from 1), or of the last one. */
  press(who: Who, place: number, button: string): Promise<void>
  /** Chooses an item of a segment's menu. */
  choose(who: Who, place: number, item: string): Promise<void>
  /**
   * Opens a form with a button.
   * @returns a function that submits it, with fields named by their labels.
   */
  form(who: Who, place: number, button: string): Promise<(values: Record<string, string>) => Promise<void>>
  /** Everything that the platform would have rejected. */
  complaints(): unknown[]
}

/** Types `/draft create` as ann, with a script of these texts, and waits until the whole draft is there. */
export type StartFlow = (topic: string, texts: string[]) => Promise<FlowDriver>
