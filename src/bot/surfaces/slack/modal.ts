import type { types } from '@slack/bolt'
import { z } from 'zod'
import { shorten } from '../../view/shorten.ts'
import type { FormField, FormValues, FormView } from '../../view/types.ts'
import type { Words } from '../../words/index.ts'
import { SLACK_LIMITS } from './limits.ts'

/** The action id of every field; the block id is the field's id. */
const VALUE = 'value'
/** Separates a field from its part number in the block ids of a long text's parts. */
const PART = '~'

/** A form as a modal. `metadata` is returned with the submitted values. */
export function modalOf(form: FormView, words: Words, metadata: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: form.action.slice(0, SLACK_LIMITS.callbackId.max),
    private_metadata: metadata,
    title: plain(form.title, SLACK_LIMITS.viewTitle.max),
    submit: plain(form.submit, SLACK_LIMITS.viewSubmit.max),
    blocks: form.fields.flatMap((field) => inputs(field, words)).slice(0, SLACK_LIMITS.blocksInView.max),
  }
}

const State = z.record(
  z.string(),
  z.record(
    z.string(),
    z.looseObject({
      value: z.string().nullish(),
      selected_option: z.looseObject({ value: z.string() }).nullish(),
      files: z.array(z.looseObject({ id: z.string() })).nullish(),
    }),
  ),
)

/** The entered values, by field id; empty fields are empty strings. */
export function formValuesOf(state: unknown): FormValues {
  const values: FormValues = {}
  const blocks = Object.entries(State.parse(state ?? {}))
  // Slack doesn't guarantee the order of fields.
  blocks.sort(([one], [other]) => partOf(one) - partOf(other))
  for (const [block, elements] of blocks) {
    const element = Object.values(elements)[0]
    const value = element?.selected_option?.value ?? element?.files?.[0]?.id ?? element?.value ?? ''
    const [id = block, part] = block.split(PART)
    const before = values[id] ?? ''
    // The letter says what was at the point where a long text was split: a line break, a space or nothing.
    const divider = part?.endsWith('n') ? '\n' : part?.endsWith('s') ? ' ' : ''
    values[id] = before === '' ? value : `${before}${divider}${value}`
  }
  return values
}

/** An input's position among the parts of its field, from 1. */
function partOf(block: string): number {
  return Number.parseInt(block.split(PART)[1] ?? '1', 10)
}

function inputs(field: FormField, words: Words): types.InputBlock[] {
  if (field.type === 'picture') return [inputBlock(field, field.id, field.label, PICTURE_INPUT)]
  if (field.type !== 'text') return [inputBlock(field, field.id, field.label, selectInput(field))]
  const max = SLACK_LIMITS.textInput.max
  const hint =
    field.maxLength > max ? [field.hint, words.form.longText(max)].filter(Boolean).join('. ') : field.hint
  const parts = divide(field.multiline ? field.value : field.value.replaceAll(/\s+/gu, ' '), max)
  return parts.map(({ text, mark }, index) => {
    const label = parts.length === 1 ? field.label : words.form.part(field.label, index + 1, parts.length)
    const shown = { ...field, ...(hint !== undefined && index === 0 ? { hint } : { hint: '' }) }
    return inputBlock(shown, `${field.id}${mark}`, label, textInput(field, text))
  })
}

/** Splits a text into parts that fit into one input each: at line ends if possible, else between words. */
function divide(text: string, max: number): { text: string; mark: string }[] {
  const parts: { text: string; mark: string }[] = []
  let rest = text
  let mark = ''
  while (rest.length > max) {
    const window = rest.slice(0, max + 1)
    const line = window.lastIndexOf('\n')
    const cut = line > max / 2 ? line : Math.max(line, window.lastIndexOf(' '))
    const at = cut > 0 ? cut : max - Number(/[\uD800-\uDBFF]/.test(rest.charAt(max - 1)))
    parts.push({ text: rest.slice(0, at), mark })
    const divider = cut > 0 ? rest.charAt(at) : ''
    mark = `${PART}${parts.length + 1}${divider === '\n' ? 'n' : divider === '' ? '' : 's'}`
    rest = rest.slice(at + divider.length)
  }
  return [...parts, { text: rest, mark }]
}

/** Slack only checks file extensions. */
const PICTURE_INPUT: types.FileInput = {
  type: 'file_input',
  action_id: VALUE,
  filetypes: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'heic'],
  max_files: 1,
}

function inputBlock(
  { type, required, hint }: FormField,
  id: string,
  label: string,
  element: types.PlainTextInput | types.StaticSelect | types.FileInput,
): types.InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(label, SLACK_LIMITS.inputLabel.max),
    element,
    // A select always has a choice; empty texts are judged by our own rules, unless the field says otherwise.
    optional: type !== 'select' && required !== true,
    ...(hint ? { hint: plain(hint, SLACK_LIMITS.inputHint.max) } : {}),
  }
}

function textInput(field: Extract<FormField, { type: 'text' }>, value: string): types.PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: VALUE,
    multiline: field.multiline === true,
    max_length: Math.min(Math.max(field.maxLength, value.length), SLACK_LIMITS.textInput.max),
    ...(value !== '' && { initial_value: value }),
    ...(field.placeholder && { placeholder: plain(field.placeholder, SLACK_LIMITS.placeholder.max) }),
  }
}

function selectInput(field: Extract<FormField, { type: 'select' | 'role' }>): types.StaticSelect {
  const options = field.options.slice(0, SLACK_LIMITS.options.max).map(({ value, label }) => ({
    text: plain(label, SLACK_LIMITS.optionText.max),
    value,
  }))
  const chosen = options.find(({ value }) => value === field.value)
  return { type: 'static_select', action_id: VALUE, options, ...(chosen && { initial_option: chosen }) }
}

function plain(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: shorten(text, max), emoji: false }
}
