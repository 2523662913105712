import { ButtonStyle, ComponentType as C } from 'discord.js'
import { type FormErrors, isObject } from './form-errors.ts'

type Path = readonly (string | number)[]
type Fields = Record<string, unknown>

const SELECTS: readonly unknown[] = [
  C.StringSelect,
  C.UserSelect,
  C.RoleSelect,
  C.MentionableSelect,
  C.ChannelSelect,
]

export function isSelect(type: unknown): boolean {
  return SELECTS.includes(type)
}

/** https://discord.com/developers/docs/components/reference#button */
export function checkButton(errors: FormErrors, path: Path, button: Fields, customIds: Set<string>): void {
  if (button.style === undefined) {
    errors.add([...path, 'style'], 'BASE_TYPE_REQUIRED', 'This field is required')
    return
  }
  errors.integer([...path, 'style'], button.style, 1, 6)
  const { label, emoji } = button
  if (label !== undefined && label !== null) errors.text([...path, 'label'], label, 0, 80)
  if (isObject(emoji)) checkEmoji(errors, [...path, 'emoji'], emoji)
  if (button.style === ButtonStyle.Premium) {
    if (typeof button.sku_id !== 'string') {
      errors.add([...path, 'sku_id'], 'BASE_TYPE_REQUIRED', 'This field is required')
    }
    return
  }
  if ((typeof label !== 'string' || label === '') && !isObject(emoji)) {
    errors.add(path, 'BUTTON_COMPONENT_CONTENT_REQUIRED', 'A button must have a label or an emoji')
  }
  if (button.style === ButtonStyle.Link) {
    if (
      errors.text([...path, 'url'], button.url, 1, 512) &&
      !/^(https?|discord):$/.test(URL.parse(button.url)?.protocol ?? '')
    ) {
      errors.add([...path, 'url'], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.')
    }
    if (button.custom_id !== undefined) {
      errors.add(
        path,
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      )
    }
    return
  }
  if (button.url !== undefined) {
    errors.add(
      path,
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      'A custom id and url cannot both be specified',
    )
  }
  checkCustomId(errors, path, button.custom_id, customIds)
}

/** Checks any select menu. https://discord.com/developers/docs/components/reference#string-select */
export function checkSelect(errors: FormErrors, path: Path, select: Fields, customIds: Set<string>): void {
  checkCustomId(errors, path, select.custom_id, customIds)
  if (select.placeholder !== undefined && select.placeholder !== null) {
    errors.text([...path, 'placeholder'], select.placeholder, 0, 150)
  }
  errors.integer([...path, 'min_values'], select.min_values, 0, 25)
  errors.integer([...path, 'max_values'], select.max_values, 1, 25)
  const min = typeof select.min_values === 'number' ? select.min_values : 1
  const max = typeof select.max_values === 'number' ? select.max_values : 1
  if (min > max) {
    errors.add(
      [...path, 'min_values'],
      'COMPONENT_MIN_VALUES_GREATER',
      'min_values cannot be greater than max_values',
    )
  }
  if (select.type !== C.StringSelect) return
  const options = errors.list([...path, 'options'], select.options, 1, 25)
  checkOptions(errors, path, options)
  if (options.length > 0 && options.length < min) {
    errors.add([...path, 'options'], 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and 25 in length.`)
  }
  if (options.filter((option) => isObject(option) && option.default === true).length > max) {
    errors.add(
      [...path, 'options'],
      'COMPONENT_TOO_MANY_DEFAULTS',
      'More options are selected by default than max_values allows',
    )
  }
}

/** Checks the options of a select menu, a radio group or a group of checkboxes. */
export function checkOptions(errors: FormErrors, path: Path, options: unknown[]): void {
  const values = new Set<unknown>()
  for (const [index, option] of options.entries()) {
    const at = [...path, 'options', index]
    const fields = isObject(option) ? option : {}
    errors.text([...at, 'label'], fields.label, 1, 100)
    errors.text([...at, 'value'], fields.value, 1, 100)
    if (fields.description !== undefined && fields.description !== null) {
      errors.text([...at, 'description'], fields.description, 0, 100)
    }
    if (isObject(fields.emoji)) checkEmoji(errors, [...at, 'emoji'], fields.emoji)
    if (values.has(fields.value)) {
      errors.add(
        [...at, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      )
    }
    values.add(fields.value)
  }
}

export function checkCustomId(errors: FormErrors, path: Path, customId: unknown, seen: Set<string>): void {
  const at = [...path, 'custom_id']
  if (!errors.text(at, customId, 1, 100)) return
  if (seen.has(customId)) {
    errors.add(at, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated')
  }
  seen.add(customId)
}

/** Checks for one whole emoji, with or without its variation selector, or one of the guild's own by id. */
function checkEmoji(errors: FormErrors, path: Path, emoji: Fields): void {
  if (typeof emoji.id === 'string') return
  const name = typeof emoji.name === 'string' ? emoji.name : ''
  if (/^\p{RGI_Emoji}$/v.test(name) || /^[\p{Emoji}--[0-9#*]]\uFE0F?$/v.test(name)) return
  errors.add([...path, 'name'], 'BUTTON_COMPONENT_INVALID_EMOJI', 'Invalid emoji')
}
