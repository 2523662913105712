/** Discord's limits, with their sources. Lengths are in characters unless noted otherwise. */
export const DISCORD_LIMITS = {
  /** https://discord.com/developers/docs/components/reference#what-is-a-component (Components V2) */
  message: {
    /** All texts of a message in total. */
    text: 4000,
    /**
     * UTF-8 bytes of all texts of a message in total, each with a few bytes of overhead. Undocumented: beyond it Discord
     * responds with 500, which 3400 Hangul syllables trigger. https://github.com/discord/discord-api-docs/issues/8554
     */
    bytes: 10_000,
    bytesPerText: 12,
    components: 40,
    buttonsInRow: 5,
    files: 10,
  },
  /** https://discord.com/developers/docs/components/reference#button */
  button: { label: 80 },
  /** For every component and form. https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id */
  customId: 100,
  /** https://discord.com/developers/docs/components/reference#string-select */
  select: { placeholder: 150, options: 25, label: 100, value: 100, description: 100 },
  /** https://discord.com/developers/docs/components/reference#media-gallery-media-gallery-item-structure */
  gallery: { items: 10, description: 1024 },
  /**
   * https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
   * and https://discord.com/developers/docs/components/reference#label
   */
  modal: { title: 45, fields: 5, label: 45, description: 100, placeholder: 100, value: 4000 },
  /**
   * https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-structure
   */
  command: { description: 100, text: 6000, choices: 25, choiceName: 100 },
  /** https://discord.com/developers/docs/resources/channel#start-thread-from-message */
  thread: { name: 100 },
  /** https://discord.com/developers/docs/resources/message#create-message */
  nonce: 25,
  /** https://discord.com/developers/docs/resources/message#get-channel-messages */
  page: 100,
  /** Milliseconds. https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback */
  acknowledge: 3000,
  /** Milliseconds. https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages */
  token: 15 * 60_000,
} as const

const MIB = 1024 * 1024

/** Bytes per file, by the guild's boost tier. https://discord.com/developers/docs/reference#uploading-files */
export const UPLOAD_BY_TIER = [10 * MIB, 10 * MIB, 50 * MIB, 100 * MIB] as const

/** Bytes per file if nothing is known, as in direct messages. */
export const UPLOAD_DEFAULT = UPLOAD_BY_TIER[0]

/**
 * With the names of the documentation.
 * https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
 */
export const CODES = {
  unknownChannel: 10003,
  unknownMessage: 10008,
  unknownInteraction: 10062,
  /** Too many edits of messages older than an hour. */
  tooManyOldEdits: 30046,
  tooLarge: 40005,
  alreadyAcknowledged: 40060,
  missingAccess: 50001,
  missingPermissions: 50013,
  wrongChannelType: 50024,
  invalidToken: 50027,
  invalidForm: 50035,
  threadArchived: 50083,
  threadAlreadyCreated: 160004,
  threadLocked: 160005,
  tooManyThreads: 160006,
  tooManyAnnouncementThreads: 160007,
} as const
