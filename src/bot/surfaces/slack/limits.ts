const KIT = 'https://docs.slack.dev/reference/block-kit'
const VIEW = 'https://docs.slack.dev/reference/views/modal-views'

/**
 * Slack's limits, in characters unless the name says otherwise. It refuses a whole message or form if one text is too long.
 * `source` is where the limit is documented.
 */
export const SLACK_LIMITS = {
  blocksInMessage: { max: 50, source: `${KIT}/blocks` },
  blocksInView: { max: 100, source: VIEW },
  /** All blocks of a message as JSON. Undocumented; others measured 13,200 (error `msg_blocks_too_long`). */
  blockCharacters: { max: 13_000, source: 'https://github.com/slackapi/bolt-js/issues/2509' },
  sectionText: { max: 3000, source: `${KIT}/blocks/section-block` },
  headerText: { max: 150, source: `${KIT}/blocks/header-block` },
  imageAlt: { max: 2000, source: `${KIT}/blocks/image-block` },
  /** The description of an uploaded file (error `alt_txt_too_large`). */
  fileAlt: { max: 1000, source: 'https://docs.slack.dev/reference/methods/files.getUploadURLExternal' },
  blockId: { max: 255, source: `${KIT}/blocks` },
  actionId: { max: 255, source: `${KIT}/block-elements/button-element` },
  buttonText: { max: 75, source: `${KIT}/block-elements/button-element` },
  actions: { max: 25, source: `${KIT}/blocks/actions-block` },
  optionText: { max: 75, source: `${KIT}/composition-objects/option-object` },
  optionValue: { max: 150, source: `${KIT}/composition-objects/option-object` },
  options: { max: 100, source: `${KIT}/block-elements/select-menu-element` },
  /** Undocumented for the block; this is the limit for the title of a streamed task. */
  taskTitle: { max: 256, source: `${KIT}/blocks/task-card-block` },
  overflowOptions: { max: 5, source: `${KIT}/block-elements/overflow-menu-element` },
  placeholder: { max: 150, source: `${KIT}/block-elements/plain-text-input-element` },
  textInput: { max: 3000, source: `${KIT}/block-elements/plain-text-input-element` },
  inputLabel: { max: 2000, source: `${KIT}/blocks/input-block` },
  inputHint: { max: 2000, source: `${KIT}/blocks/input-block` },
  viewTitle: { max: 24, source: VIEW },
  viewSubmit: { max: 24, source: VIEW },
  privateMetadata: { max: 3000, source: VIEW },
  callbackId: { max: 255, source: VIEW },
  /** `text` of chat.update; chat.postMessage accepts more. */
  messageText: { max: 4000, source: 'https://docs.slack.dev/reference/methods/chat.update' },
  shortcutName: { max: 24, source: 'https://docs.slack.dev/reference/app-manifest' },
  uploadBytes: { max: 1_000_000_000, source: 'https://slack.com/help/articles/201330736' },
  /** Milliseconds in which an event must be acknowledged and a form opened. */
  patience: {
    max: 3000,
    source: 'https://docs.slack.dev/interactivity/handling-user-interaction',
  },
} as const
