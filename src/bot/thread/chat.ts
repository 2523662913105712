import type { Announcement, FormView, MessageView } from '../view/types.ts'

/** Where a draft's messages go: a channel, and a thread in it if there is one. */
export interface Spot {
  channelId: string
  threadId: string | null
}

export interface Sent {
  messageId: string
  /** The platform's ids of the files in the message, by their path in the store. */
  files: Record<string, string>
}

/** The target is gone: someone deleted the message, the thread or the channel. */
export class GoneError extends Error {
  readonly what: 'message' | 'thread'

  constructor(what: 'message' | 'thread', options?: ErrorOptions) {
    super(`The ${what} is gone.`, options)
    this.name = 'GoneError'
    this.what = what
  }
}

/** The message exists but cannot be edited, or no longer can. */
export class LockedError extends Error {
  constructor(options?: ErrorOptions) {
    super('The message cannot be edited.', options)
    this.name = 'LockedError'
  }
}

/** The bot lacks a permission; `permission` is the platform's name for it. */
export class PermissionError extends Error {
  readonly permission: string

  constructor(permission: string, options?: ErrorOptions) {
    super(`The bot lacks the permission ${permission}.`, options)
    this.name = 'PermissionError'
    this.permission = permission
  }
}

/** The bot is not in the channel; `bot` is the name to invite it by. */
export class NotInvitedError extends PermissionError {
  readonly bot: string

  constructor(bot: string, options?: ErrorOptions) {
    super('not_in_channel', options)
    this.name = 'NotInvitedError'
    this.bot = bot
  }
}

/** The conversation is between people, and no bot can join it. */
export class ClosedConversationError extends PermissionError {
  constructor(options?: ErrorOptions) {
    super('not_in_channel', options)
    this.name = 'ClosedConversationError'
  }
}

/** The platform accepts no more for the moment; `seconds` is how long it asks to wait. */
export class BusyError extends Error {
  readonly seconds: number

  constructor(seconds: number, options?: ErrorOptions) {
    super(`The platform asks to wait for ${seconds} s.`, options)
    this.name = 'BusyError'
    this.seconds = seconds
  }
}

/** The platform did not answer, or had an internal error; whether it carried out the call is unknown. */
export class AwayError extends Error {
  constructor(options?: ErrorOptions) {
    super('The platform did not answer.', options)
    this.name = 'AwayError'
  }
}

/** A file is larger than the platform accepts there; `uploadLimit` returns a lower value from now on. */
export class FileTooLargeError extends Error {
  constructor(options?: ErrorOptions) {
    super('The file is larger than what may be sent here.', options)
    this.name = 'FileTooLargeError'
  }
}

/** A message that a process may have sent before it ended without recording it. */
export interface EarlierTry {
  /** When it was first tried; null if unknown. */
  at: Date | null
  /** The platform's id of the event that it answered; null if it wasn't an answer. */
  event: string | null
}

/**
 * How the projection of drafts reaches a platform, without any rules of Rushes. Each surface implements it once.
 * Every method throws GoneError, LockedError, PermissionError, FileTooLargeError, or what the platform's client throws.
 */
export interface Chat {
  readonly surface: string
  /** Whether a message can hold a playable clip. */
  readonly playsInline: boolean
  /** Whether a private answer can carry a file. */
  readonly showsFilesPrivately: boolean
  /**
   * True if the message that opens a thread is also the draft's top message (Slack); false if the thread has its own top
   * message in addition to the announcement in the channel (Discord).
   */
  readonly threadOpensWithTop: boolean
  /** Milliseconds between edits of one draft's messages while only progress changes. */
  readonly editInterval: number
  /**
   * Posts a message. Within minutes, the same `nonce` means the same message, so a retry posts nothing twice. With
   * `triedAt`, the message may have been posted at that time, so it is searched for first, however long ago that is.
   */
  send(spot: Spot, view: MessageView, nonce: string, triedAt?: Date | null): Promise<Sent>
  /** Shows another view in a message. `files` are those the message already has. */
  edit(spot: Spot, messageId: string, view: MessageView, files: Record<string, string>): Promise<Sent>
  remove(spot: Spot, messageId: string): Promise<void>
  /**
   * Whether a message is the last one, as far as is known without asking the platform. Implemented only where messages can
   * be posted without notifying anyone, so that a new one can replace it.
   */
  isLast?(spot: Spot, messageId: string): boolean
  /** Which of these messages still exist. */
  present(spot: Spot, messageIds: string[]): Promise<Set<string>>
  /**
   * Opens a thread for a draft in a channel, with its announcement; `threadId` is null where threads are impossible. Picks
   * up what an earlier try left behind.
   */
  openThread(
    channelId: string,
    name: string,
    announcement: Announcement,
    nonce: string,
    earlier?: EarlierTry,
  ): Promise<Spot & Partial<Sent>>
  /** Maximum size in bytes of a file sent there. */
  uploadLimit(spot: Spot): Promise<number>
  /** The address of a message, or of the thread when `messageId` is null. */
  link(spot: Spot, messageId: string | null): Promise<string>
}

/** How a handler answers the person who did something. Each surface implements it once. */
export interface Reply {
  /** Shows a form. This must be the first answer. */
  openForm(form: FormView): Promise<void>
  /**
   * Maximum number of fields in a form; a longer form shows the first ones and asks for the rest afterwards. Unlimited by
   * default.
   */
  readonly formFields?: number
  /** Whether a private answer can hold a playable clip. */
  readonly showsClips?: boolean
  /** Acknowledges the event without showing anything yet. Safe to call twice. */
  acknowledge(): Promise<void>
  /** Shows a view to this person only; a second call replaces it. */
  privately(view: MessageView): Promise<void>
  /**
   * Refuses a form. If the platform shows errors under fields, they appear there and the form stays open; otherwise `view`
   * is shown privately.
   */
  refuseForm(errors: Record<string, string>, view: MessageView): Promise<void>
  /** Answers a command publicly in the channel and opens a thread under the answer; `nonce` as in Chat. */
  openThread(name: string, announcement: Announcement, nonce: string): Promise<Spot & Partial<Sent>>
}
