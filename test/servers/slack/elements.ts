import { z } from 'zod'
import { LIMITS } from './limits.ts'

/** Schemas of Block Kit's composition objects and elements. Like Slack, they refuse unknown keys. */
export const words = (max: number, min = 1) => z.string().min(min).max(max)

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: words(max), emoji: z.boolean().optional() })

const mrkdwnText = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: words(max), verbatim: z.boolean().optional() })

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwnText(max)])

const webUrl = z
  .string()
  .max(LIMITS.url.max)
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), 'invalid url')

/** An address that Slack itself must be able to fetch, so never one on a private network. */
const fetchableUrl = webUrl.refine(
  (value) =>
    !URL.canParse(value) ||
    !/^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[)/.test(new URL(value).hostname),
  'downloading image failed',
)

const slackFile = z
  .strictObject({
    id: z
      .string()
      .regex(/^F[A-Z0-9]{8,}$/, 'input must match regex pattern: ^[F][A-Z0-9]{8,}$')
      .optional(),
    url: webUrl.optional(),
  })
  .refine((file) => (file.id === undefined) !== (file.url === undefined), 'invalid slack file')

export const imageFields = {
  type: z.literal('image'),
  alt_text: words(LIMITS.imageAlt.max),
  image_url: fetchableUrl.optional(),
  slack_file: slackFile.optional(),
}
type ImageSource = { image_url?: unknown; slack_file?: unknown }
export const hasOneSource = (image: ImageSource) =>
  (image.image_url === undefined) !== (image.slack_file === undefined)
export const ONE_SOURCE = 'exactly one of image_url and slack_file is required'

export const imageElement = z.strictObject(imageFields).refine(hasOneSource, ONE_SOURCE)

const confirm = z.strictObject({
  title: plainText(LIMITS.confirmTitle.max),
  text: anyText(LIMITS.confirmText.max),
  confirm: plainText(LIMITS.confirmButton.max),
  deny: plainText(LIMITS.confirmButton.max),
  style: z.enum(['primary', 'danger']).optional(),
})

const action = { action_id: words(LIMITS.actionId.max).optional() }
const confirmable = { confirm: confirm.optional() }
const focusable = { focus_on_load: z.boolean().optional() }
const placeholdable = { placeholder: plainText(LIMITS.placeholder.max).optional() }
const dispatchable = {
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1),
    })
    .optional(),
}

const optionOf = <T extends z.ZodType>(text: T) =>
  z.strictObject({
    text,
    value: words(LIMITS.optionValue.max),
    description: plainText(LIMITS.optionDescription.max).optional(),
  })
export const plainOption = optionOf(plainText(LIMITS.optionText.max))
const richOption = optionOf(anyText(LIMITS.optionText.max))
const overflowOption = plainOption.extend({ url: webUrl.optional() })
export const optionGroup = z.strictObject({
  label: plainText(LIMITS.optionGroupLabel.max),
  options: z.array(plainOption).min(1).max(LIMITS.selectOptions.max),
})

const button = z.strictObject({
  type: z.literal('button'),
  ...action,
  ...confirmable,
  text: plainText(LIMITS.buttonText.max),
  value: z.string().max(LIMITS.buttonValue.max).optional(),
  url: webUrl.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: words(LIMITS.accessibilityLabel.max).optional(),
})

const choices = {
  options: z.array(plainOption).min(1).max(LIMITS.selectOptions.max).optional(),
  option_groups: z.array(optionGroup).min(1).max(LIMITS.optionGroups.max).optional(),
}
type Choices = z.infer<z.ZodObject<typeof choices>>
const hasOneList = (menu: Choices) => (menu.options === undefined) !== (menu.option_groups === undefined)
const ONE_LIST = 'exactly one of options and option_groups is required'
const NOT_AN_OPTION = 'initial option must be one of the options'
export const optionsOf = (menu: Choices) =>
  menu.options ?? menu.option_groups?.flatMap((g) => g.options) ?? []
/** Slack compares the whole option object, not only its value. */
const isAmong = (options: readonly unknown[], chosen: unknown) =>
  chosen === undefined || options.some((option) => sameJson(option, chosen))

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...action,
    ...confirmable,
    ...focusable,
    ...placeholdable,
    ...choices,
    initial_option: plainOption.optional(),
  })
  .refine(hasOneList, ONE_LIST)
  .refine((menu) => isAmong(optionsOf(menu), menu.initial_option), NOT_AN_OPTION)

const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...action,
    ...confirmable,
    ...focusable,
    ...placeholdable,
    ...choices,
    initial_options: z.array(plainOption).min(1).optional(),
    max_selected_items: z.int().min(1).optional(),
  })
  .refine(hasOneList, ONE_LIST)
  .refine((menu) => (menu.initial_options ?? []).every((o) => isAmong(optionsOf(menu), o)), NOT_AN_OPTION)

const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...action,
  ...confirmable,
  ...focusable,
  ...placeholdable,
  initial_option: plainOption.optional(),
  min_query_length: z.int().min(0).optional(),
})

const people = { ...action, ...confirmable, ...focusable, ...placeholdable }
const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...people,
  initial_user: z.string().optional(),
})
const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...people,
  initial_channel: z.string().optional(),
})
const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...people,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
})

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...action,
  ...confirmable,
  options: z.array(overflowOption).min(1).max(LIMITS.overflowOptions.max),
})

const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...action,
    ...confirmable,
    ...focusable,
    options: z.array(richOption).min(1).max(LIMITS.radioOptions.max),
    initial_option: richOption.optional(),
  })
  .refine((group) => isAmong(group.options, group.initial_option), NOT_AN_OPTION)

const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...action,
    ...confirmable,
    ...focusable,
    options: z.array(richOption).min(1).max(LIMITS.checkboxOptions.max),
    initial_options: z.array(richOption).min(1).optional(),
  })
  .refine((group) => (group.initial_options ?? []).every((o) => isAmong(group.options, o)), NOT_AN_OPTION)

const textLength = z.int().min(0).max(LIMITS.textInput.max)
const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...action,
    ...dispatchable,
    ...focusable,
    ...placeholdable,
    initial_value: z.string().max(LIMITS.textInput.max).optional(),
    multiline: z.boolean().optional(),
    min_length: textLength.optional(),
    max_length: textLength.min(1).optional(),
  })
  .refine(
    (input) => (input.min_length ?? 0) <= (input.max_length ?? LIMITS.textInput.max),
    'min_length is above max_length',
  )
  .refine(
    (input) => (input.initial_value ?? '').length <= (input.max_length ?? LIMITS.textInput.max),
    'initial_value is longer than max_length',
  )

const numeric = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number in a string')
const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...action,
    ...dispatchable,
    ...focusable,
    ...placeholdable,
    is_decimal_allowed: z.boolean(),
    initial_value: numeric.optional(),
    min_value: numeric.optional(),
    max_value: numeric.optional(),
  })
  .refine(
    (n) => Number(n.min_value ?? -Infinity) <= Number(n.max_value ?? Infinity),
    'min_value is above max_value',
  )
  .refine((n) => isWithin(n.initial_value, n.min_value, n.max_value), 'initial_value is out of range')

const addressInput = (type: 'url_text_input' | 'email_text_input') =>
  z.strictObject({
    type: z.literal(type),
    ...action,
    ...dispatchable,
    ...focusable,
    ...placeholdable,
    initial_value: z.string().optional(),
  })

const selects = [
  staticSelect,
  multiStaticSelect,
  externalSelect,
  usersSelect,
  channelsSelect,
  conversationsSelect,
] as const

export const actionsElement = z.discriminatedUnion('type', [
  button,
  overflow,
  radioButtons,
  checkboxes,
  ...selects,
])
export const accessory = z.discriminatedUnion('type', [
  button,
  overflow,
  radioButtons,
  checkboxes,
  imageElement,
  ...selects,
])
/** https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
const fileInput = z.strictObject({
  type: z.literal('file_input'),
  ...action,
  filetypes: z.array(z.string().min(1)).min(1).optional(),
  max_files: z.int().min(1).max(10).optional(),
})

export const inputElement = z.discriminatedUnion('type', [
  fileInput,
  plainTextInput,
  numberInput,
  addressInput('url_text_input'),
  addressInput('email_text_input'),
  radioButtons,
  checkboxes,
  ...selects,
])

export type InputElement = z.infer<typeof inputElement>

/** True if a number in a string is between two others; an absent bound imposes no limit. */
export function isWithin(
  value: string | undefined,
  min: string | undefined,
  max: string | undefined,
): boolean {
  if (value === undefined) return true
  return Number(value) >= Number(min ?? -Infinity) && Number(value) <= Number(max ?? Infinity)
}

function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b
  const [left, right] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))]
  return left.length === right.size && left.every(([key, value]) => sameJson(value, right.get(key)))
}
