import type { Announcement, FormView, MessageView } from '../view/types.ts'

/** Where messages of a draft go: a channel, and a thread in it where there is one. */
export interface Spot {
  channelId: string
  threadId: string | null
}

export interface Sent {
  messageId: string
  /** The platform's own ids of the files that the message carries, by their path in the store. */
  files: Record<string, string>
}

/** What was sent to is gone: somebody deleted the message, the thread or the channel. */
export class GoneError extends Error {
  readonly what: 'message' | 'thread'

  constructor(what: 'message' | 'thread', options?: ErrorOptions) {
    super(`The ${what} is gone.`, options)
    this.name = 'GoneError'
    this.what = what
  }
}

/** A message that is there and cannot be edited, or not any more. */
export class LockedError extends Error {
  constructor(options?: ErrorOptions) {
    super('The message cannot be edited.', options)
    this.name = 'LockedError'
  }
}

/** The bot lacks a permission; `permission` is the platform's own name of it. */
export class PermissionError extends Error {
  readonly permission: string

  constructor(permission: string, options?: ErrorOptions) {
    super(`The bot lacks the permission ${permission}.`, options)
    this.name = 'PermissionError'
    this.permission = permission
  }
}

/** The bot is not in the channel; `bot` is the name by which people invite it there. */
export class NotInvitedError extends PermissionError {
  readonly bot: string

  constructor(bot: string, options?: ErrorOptions) {
    super('not_in_channel', options)
    this.name = 'NotInvitedError'
    this.bot = bot
  }
}

/** The conversation is one between people, which no bot can join. */
export class ClosedConversationError extends PermissionError {
  constructor(options?: ErrorOptions) {
    super('not_in_channel', options)
    this.name = 'ClosedConversationError'
  }
}

/** The platform takes no more for the moment; `seconds` is how long it asked to wait. */
export class BusyError extends Error {
  readonly seconds: number

  constructor(seconds: number, options?: ErrorOptions) {
    super(`The platform asks to wait for ${seconds} s.`, options)
    this.name = 'BusyError'
    this.seconds = seconds
  }
}

/** The platform did not answer, or failed inside; whether it did what it was asked is not known. */
export class AwayError extends Error {
  constructor(options?: ErrorOptions) {
    super('The platform did not answer.', options)
    this.name = 'AwayError'
  }
}

/** A file is larger than what the platform takes there; `uploadLimit` knows better from now on. */
export class FileTooLargeError extends Error {
  constructor(options?: ErrorOptions) {
    super('The file is larger than what may be sent here.', options)
    this.name = 'FileTooLargeError'
  }
}

/** What may have been sent already, by a process that ended before it could write that down. */
export interface EarlierTry {
  /** When it was tried first; null when that is not known. */
  at: Date | null
  /** The platform's id of the event that it answered; null when it was no answer. */
  event: string | null
}

/**
 * How the projection of drafts reaches a platform, without any rule of ours. Implemented once a surface.
 * Every method throws GoneError, LockedError, PermissionError, FileTooLargeError, or what the platform's client throws.
 */
export interface Chat {
  readonly surface: string
  /** True where a message can hold a playable clip. */
  readonly playsInline: boolean
  /** True where an answer to one person can carry a file. */
  readonly showsFilesPrivately: boolean
  /**
   * True where the message that opens a thread is itself the draft's top message (Slack); false where the thread
   * has a top message of its own besides the announcement in the channel (Discord).
   */
  readonly threadOpensWithTop: boolean
  /** Milliseconds between two edits of one draft's messages while only progress changes. */
  readonly editInterval: number
  /**
   * Posts a message. The same `nonce` within minutes is the same message, so that a repeated try posts nothing twice. With
   * `triedAt` it may have been posted at that moment: then it is looked for, however long ago that is.
   */
  send(spot: Spot, view: MessageView, nonce: string, triedAt?: Date | null): Promise<Sent>
  /** Shows another view in a message. `files` are those that it carries already. */
  edit(spot: Spot, messageId: string, view: MessageView, files: Record<string, string>): Promise<Sent>
  remove(spot: Spot, messageId: string): Promise<void>
  /**
   * Whether nobody has written below a message, as far as that is known without asking the platform. Only where a message can
   * be posted without notifying anybody, so that another one can take its place.
   */
  isLast?(spot: Spot, messageId: string): boolean
  /** Which of these messages are still there. */
  present(spot: Spot, messageIds: string[]): Promise<Set<string>>
  /**
   * Opens a thread for a draft in a channel, with its announcement; `threadId` is null where threads are impossible. What an
   * earlier try has left is taken up.
   */
  openThread(
    channelId: string,
    name: string,
    announcement: Announcement,
    nonce: string,
    earlier?: EarlierTry,
  ): Promise<Spot & Partial<Sent>>
  /** Bytes of the largest file that may be sent there. */
  uploadLimit(spot: Spot): Promise<number>
  /** An address that leads to a message, or to the thread when `messageId` is null. */
  link(spot: Spot, messageId: string | null): Promise<string>
}

/** How a handler answers the one person who did something. Implemented once a surface. */
export interface Reply {
  /** Shows a form. Must be the first answer. */
  openForm(form: FormView): Promise<void>
  /** Fields that a form can show; of one with more the first ones are shown, and the rest is asked for afterwards. All unless told. */
  readonly formFields?: number
  /** True where what only this person sees can hold a playable clip. */
  readonly showsClips?: boolean
  /** Says that it was understood, without showing anything yet. Safe to call twice. */
  acknowledge(): Promise<void>
  /** Shows something to this person only; a second call replaces it. */
  privately(view: MessageView): Promise<void>
  /**
   * Refuses a form. Where the platform shows errors under fields they appear there and the form stays open; elsewhere
   * `view` is shown privately.
   */
  refuseForm(errors: Record<string, string>, view: MessageView): Promise<void>
  /** Answers a command in the channel for all to see, and opens a thread under the answer; `nonce` as in Chat. */
  openThread(name: string, announcement: Announcement, nonce: string): Promise<Spot & Partial<Sent>>
}
