import type { Block, InputBlock } from './blocks.ts'
import { type InputElement, isWithin, optionsOf } from './elements.ts'
import { LIMITS } from './limits.ts'
import { type Interactive, interactiveOf } from './validate.ts'

/** The values of a form, as Slack sends them in `view.state.values`: by block id, then by action id. */
export type FormValues = Record<string, Record<string, FieldValue>>
export type Option = { text: { type: string; text: string }; value: string }
export interface FieldValue {
  type: string
  value?: string | null
  selected_option?: Option | null
  selected_options?: Option[]
  selected_user?: string | null
  selected_channel?: string | null
  selected_conversation?: string | null
  files?: { id: string }[]
}
export type Given = string | number | string[] | null

/** The values that a view or message starts with. */
export function initialValues(blocks: Block[]): FormValues {
  const values: FormValues = {}
  for (const block of blocks) {
    for (const element of interactiveOf(block)) {
      const initial = initialOf(element)
      if (initial === undefined) continue
      values[block.block_id ?? ''] = {
        ...values[block.block_id ?? ''],
        [element.action_id ?? '']: initial,
      }
    }
  }
  return values
}

/** After an update, the client keeps what was typed into a field if its block id and action id stay the same. */
export function keepTyped(blocks: Block[], typed: FormValues): FormValues {
  const values = initialValues(blocks)
  for (const [blockId, fields] of Object.entries(values)) {
    for (const [actionId, field] of Object.entries(fields)) {
      const old = typed[blockId]?.[actionId]
      if (old !== undefined && old.type === field.type) fields[actionId] = old
    }
  }
  return values
}

/** The value of a field for what a person enters. Throws if the client would not offer that choice. */
export function enter(element: Interactive, given: Given, suggestions: Option[] = []): FieldValue {
  const { type } = element
  const asText = given === null || given === '' ? null : String(given)
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
    case 'url_text_input':
    case 'email_text_input':
      return { type, value: asText }
    case 'static_select':
    case 'radio_buttons':
    case 'external_select':
    case 'overflow':
      return { type, selected_option: asText === null ? null : choose(element, asText, suggestions) }
    case 'checkboxes':
    case 'multi_static_select': {
      const list = Array.isArray(given) ? given : given === null ? [] : [String(given)]
      return { type, selected_options: list.map((one) => choose(element, one, suggestions)) }
    }
    case 'users_select':
      return { type, selected_user: asText }
    case 'channels_select':
      return { type, selected_channel: asText }
    case 'conversations_select':
      return { type, selected_conversation: asText }
    case 'file_input':
      // Ids of files that the person's client has uploaded: see `sendFile`.
      return { type, files: asText === null ? [] : [{ id: asText }] }
    case 'button':
      throw new Error('A button is pressed, not filled in.')
  }
}

/** The messages with which the client keeps a person from submitting, by block id. Empty if it would submit. */
export function clientErrors(blocks: Block[], values: FormValues): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const block of blocks) {
    if (block.type !== 'input') continue
    const blockId = block.block_id ?? ''
    const value = values[blockId]?.[block.element.action_id ?? '']
    const error = clientError(block, value)
    if (error !== undefined) errors[blockId] = error
  }
  return errors
}

/** Finds the input that a test names by block id, action id or label. */
export function findInput(blocks: Block[], key: string): InputBlock {
  const inputs = blocks.filter((block) => block.type === 'input')
  const found = inputs.filter(
    (b) => b.block_id === key || b.element.action_id === key || b.label.text === key,
  )
  const [only, second] = found
  if (only === undefined || second !== undefined) {
    const names = inputs.map((b) => `${b.label.text} (${b.block_id})`).join(', ')
    throw new Error(`${found.length} fields are called “${key}”. The form has: ${names}`)
  }
  return only
}

function initialOf(element: Interactive): FieldValue | undefined {
  const { type } = element
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
    case 'url_text_input':
    case 'email_text_input':
      return { type, value: element.initial_value || null }
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null }
    case 'checkboxes':
    case 'multi_static_select':
      return { type, selected_options: element.initial_options ?? [] }
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null }
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null }
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null }
    case 'file_input':
      return { type, files: [] }
    default:
      return undefined
  }
}

function choose(element: Interactive, wanted: string, suggestions: Option[]): Option {
  const offered = element.type === 'external_select' ? suggestions : offeredBy(element)
  const found = offered.find((o) => o.value === wanted) ?? offered.find((o) => o.text.text === wanted)
  if (found === undefined) {
    const names = offered.map((o) => `${o.text.text} (${o.value})`).join(', ')
    throw new Error(`“${wanted}” is not offered in ${element.action_id}. Offered: ${names || 'nothing'}`)
  }
  return found
}

function offeredBy(element: Interactive): Option[] {
  if (element.type === 'static_select' || element.type === 'multi_static_select') return optionsOf(element)
  return 'options' in element ? element.options : []
}

function clientError(block: InputBlock, value: FieldValue | undefined): string | undefined {
  const { element } = block
  if (isEmpty(value)) return block.optional === true ? undefined : 'Please complete this required field.'
  const text = value?.value ?? ''
  switch (element.type) {
    case 'plain_text_input':
      return lengthError(element, text)
    case 'number_input':
      return numberError(element, text)
    case 'url_text_input':
      return URL.canParse(text) ? undefined : 'Please enter a valid URL.'
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(text) ? undefined : 'Please enter a valid email address.'
    default:
      return undefined
  }
}

type TextInput = Extract<InputElement, { type: 'plain_text_input' }>
type NumberInput = Extract<InputElement, { type: 'number_input' }>

function lengthError(element: TextInput, text: string): string | undefined {
  const max = element.max_length ?? LIMITS.textInput.max
  if (text.length > max) return `At most ${max} characters can be entered; there are ${text.length}.`
  if (text.length < (element.min_length ?? 0)) return `At least ${element.min_length} characters are needed.`
  return element.multiline !== true && /[\r\n]/.test(text) ? 'This field takes a single line.' : undefined
}

function numberError(element: NumberInput, text: string): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return 'Please enter a number.'
  if (!element.is_decimal_allowed && text.includes('.')) return 'Please enter a whole number.'
  if (isWithin(text, element.min_value, element.max_value)) return undefined
  return `Please enter a number from ${element.min_value ?? '−∞'} to ${element.max_value ?? '∞'}.`
}

function isEmpty(value: FieldValue | undefined): boolean {
  if (value === undefined) return true
  if (value.files !== undefined) return value.files.length === 0
  if (value.selected_options !== undefined) return value.selected_options.length === 0
  const { value: text, selected_option, selected_user, selected_channel, selected_conversation } = value
  return (text ?? selected_option ?? selected_user ?? selected_channel ?? selected_conversation ?? '') === ''
}
