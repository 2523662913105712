/**
 * What Slack refuses, as data. `max` counts characters (UTF-16 units, which is never more lenient than Slack),
 * items, bytes or milliseconds, as the name says; `source` is where Slack documents it.
 */
const KIT = 'https://docs.slack.dev/reference/block-kit'
const VIEW = 'https://docs.slack.dev/reference/views/modal-views'

export const LIMITS = {
  blocksPerMessage: { max: 50, source: `${KIT}/blocks` },
  blocksPerView: { max: 100, source: VIEW },
  // Not documented; measured by others between 13,200 and 13,300 characters of blocks (error msg_blocks_too_long).
  blockCharactersPerMessage: { max: 13_200, source: 'https://github.com/slackapi/bolt-js/issues/2509' },
  postedText: { max: 40_000, source: 'https://docs.slack.dev/reference/methods/chat.postMessage' },
  updatedText: { max: 4_000, source: 'https://docs.slack.dev/reference/methods/chat.update' },
  blockId: { max: 255, source: `${KIT}/blocks` },
  actionId: { max: 255, source: `${KIT}/block-elements/button-element` },
  sectionText: { max: 3_000, source: `${KIT}/blocks/section-block` },
  sectionFields: { max: 10, source: `${KIT}/blocks/section-block` },
  sectionFieldText: { max: 2_000, source: `${KIT}/blocks/section-block` },
  headerText: { max: 150, source: `${KIT}/blocks/header-block` },
  contextElements: { max: 10, source: `${KIT}/blocks/context-block` },
  contextText: { max: 3_000, source: `${KIT}/composition-objects/text-object` },
  actionsElements: { max: 25, source: `${KIT}/blocks/actions-block` },
  imageAlt: { max: 2_000, source: `${KIT}/blocks/image-block` },
  fileAlt: { max: 1_000, source: 'https://docs.slack.dev/reference/methods/files.getUploadURLExternal' },
  imageTitle: { max: 2_000, source: `${KIT}/blocks/image-block` },
  url: { max: 3_000, source: `${KIT}/blocks/image-block` },
  inputLabel: { max: 2_000, source: `${KIT}/blocks/input-block` },
  inputHint: { max: 2_000, source: `${KIT}/blocks/input-block` },
  markdownText: { max: 12_000, source: `${KIT}/blocks/markdown-block` },
  // "Must be less than 200 characters" and "less than 50": the longest that pass are 199 and 49.
  videoTitle: { max: 199, source: `${KIT}/blocks/video-block` },
  videoAuthor: { max: 49, source: `${KIT}/blocks/video-block` },
  buttonText: { max: 75, source: `${KIT}/block-elements/button-element` },
  buttonValue: { max: 2_000, source: `${KIT}/block-elements/button-element` },
  accessibilityLabel: { max: 75, source: `${KIT}/block-elements/button-element` },
  optionText: { max: 75, source: `${KIT}/composition-objects/option-object` },
  // The comments in @slack/types still say 75; the reference page says 150.
  optionValue: { max: 150, source: `${KIT}/composition-objects/option-object` },
  optionDescription: { max: 75, source: `${KIT}/composition-objects/option-object` },
  optionGroupLabel: { max: 75, source: `${KIT}/composition-objects/option-group-object` },
  selectOptions: { max: 100, source: `${KIT}/block-elements/select-menu-element` },
  optionGroups: { max: 100, source: `${KIT}/block-elements/select-menu-element` },
  overflowOptions: { max: 5, source: `${KIT}/block-elements/overflow-menu-element` },
  radioOptions: { max: 10, source: `${KIT}/block-elements/radio-button-group-element` },
  checkboxOptions: { max: 10, source: `${KIT}/block-elements/checkboxes-element` },
  placeholder: { max: 150, source: `${KIT}/block-elements/plain-text-input-element` },
  textInput: { max: 3_000, source: `${KIT}/block-elements/plain-text-input-element` },
  confirmTitle: { max: 100, source: `${KIT}/composition-objects/confirmation-dialog-object` },
  confirmText: { max: 300, source: `${KIT}/composition-objects/confirmation-dialog-object` },
  confirmButton: { max: 30, source: `${KIT}/composition-objects/confirmation-dialog-object` },
  viewTitle: { max: 24, source: VIEW },
  viewSubmit: { max: 24, source: VIEW },
  viewClose: { max: 24, source: VIEW },
  viewPrivateMetadata: { max: 3_000, source: VIEW },
  viewCallbackId: { max: 255, source: VIEW },
  viewExternalId: { max: 255, source: VIEW },
  viewBytes: { max: 250_000, source: 'https://docs.slack.dev/reference/methods/views.open' },
  viewsInStack: { max: 3, source: 'https://docs.slack.dev/surfaces/modals' },
  triggerMilliseconds: {
    max: 3_000,
    source: 'https://docs.slack.dev/interactivity/handling-user-interaction',
  },
  acknowledgementMilliseconds: {
    max: 3_000,
    source: 'https://docs.slack.dev/interactivity/handling-user-interaction',
  },
  responseUrlUses: { max: 5, source: 'https://docs.slack.dev/interactivity/handling-user-interaction' },
  responseUrlMilliseconds: {
    max: 30 * 60_000,
    source: 'https://docs.slack.dev/interactivity/handling-user-interaction',
  },
  fileBytes: { max: 1_000_000_000, source: 'https://slack.com/help/articles/201330736' },
  filesPerMessage: {
    max: 10,
    source: 'https://docs.slack.dev/reference/methods/files.completeUploadExternal',
  },
  sockets: { max: 10, source: 'https://docs.slack.dev/apis/events-api/using-socket-mode' },
} as const
