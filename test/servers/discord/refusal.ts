/** An answer with which Discord refuses a request. */
export class Refusal extends Error {
  readonly status: number
  readonly code: number
  readonly errors: object | null

  constructor(status: number, code: number, message: string, errors: object | null = null) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.errors = errors
  }

  body(): object {
    return {
      message: this.message,
      code: this.code,
      ...(this.errors === null ? {} : { errors: this.errors }),
    }
  }
}

/**
 * The refusals used here, with Discord's status, code and wording.
 * https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
 */
export const refuse = {
  unauthorized: () => new Refusal(401, 0, '401: Unauthorized'),
  notFound: () => new Refusal(404, 0, '404: Not Found'),
  methodNotAllowed: () => new Refusal(405, 0, '405: Method Not Allowed'),
  serverError: () => new Refusal(500, 0, '500: Internal Server Error'),
  unknownChannel: () => new Refusal(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new Refusal(404, 10004, 'Unknown Guild'),
  unknownMember: () => new Refusal(404, 10007, 'Unknown Member'),
  unknownMessage: () => new Refusal(404, 10008, 'Unknown Message'),
  unknownUser: () => new Refusal(404, 10013, 'Unknown User'),
  unknownEmoji: () => new Refusal(400, 10014, 'Unknown Emoji'),
  unknownWebhook: () => new Refusal(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new Refusal(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new Refusal(404, 10063, 'Unknown application command'),
  unknownApplication: () => new Refusal(404, 10002, 'Unknown Application'),
  tooManyPins: () => new Refusal(400, 30003, 'Maximum number of pins reached for the channel (50)'),
  tooLarge: () => new Refusal(413, 40005, 'Request entity too large'),
  alreadyAcknowledged: () => new Refusal(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new Refusal(403, 50001, 'Missing Access'),
  notInDirectMessages: () => new Refusal(403, 50003, 'Cannot execute action on a DM channel'),
  editOfAnother: () => new Refusal(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new Refusal(400, 50006, 'Cannot send an empty message'),
  cannotMessageUser: () => new Refusal(403, 50007, 'Cannot send messages to this user'),
  missingPermissions: () => new Refusal(403, 50013, 'Missing Permissions'),
  bulkDeleteCount: () =>
    new Refusal(
      400,
      50016,
      'Provided too few or too many messages to delete. Must provide at least 2 and at most 100.',
    ),
  systemMessage: () => new Refusal(403, 50021, 'Cannot execute action on a system message'),
  wrongChannelType: () => new Refusal(400, 50024, 'Cannot execute action on this channel type'),
  invalidWebhookToken: () => new Refusal(401, 50027, 'Invalid Webhook Token'),
  tooOldForBulkDelete: () =>
    new Refusal(400, 50034, 'You can only bulk delete messages that are under 14 days old.'),
  archivedThread: () => new Refusal(400, 50083, 'Thread is archived'),
  invalidJson: () => new Refusal(400, 50109, 'The request body contains invalid JSON.'),
  threadAlreadyCreated: () => new Refusal(400, 160004, 'A thread has already been created for this message'),
  threadLocked: () => new Refusal(400, 160005, 'Thread is locked'),
}
