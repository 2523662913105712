import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js'
import { shorten } from '../../view/shorten.ts'
import type { FormField, FormValues, FormView } from '../../view/types.ts'
import { DISCORD_LIMITS } from './limits.ts'

/** A form as a modal. Discord shows five fields; further fields follow in a second modal. */
export function modalOf(form: FormView): APIModalInteractionResponseCallbackData {
  return {
    custom_id: form.action,
    title: shorten(form.title, DISCORD_LIMITS.modal.title),
    components: form.fields.slice(0, DISCORD_LIMITS.modal.fields).map(labelled),
  }
}

/** The entered values, by field id. */
export function formValuesOf(interaction: ModalSubmitInteraction): FormValues {
  const values: FormValues = {}
  for (const part of interaction.components) {
    if (!('component' in part)) continue
    const field = part.component
    if (!('customId' in field)) continue
    // Once a file was sent, every field with values has a list of attachments; before, none has one, whatever its type says.
    if (field.type === ComponentType.FileUpload)
      values[field.customId] = field.attachments?.first()?.url ?? ''
    else if ('values' in field) values[field.customId] = field.values[0] ?? ''
    else if (typeof field.value === 'string') values[field.customId] = field.value
  }
  return values
}

function labelled(field: FormField): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: shorten(field.label, DISCORD_LIMITS.modal.label) || '…',
    ...(field.hint && { description: shorten(field.hint, DISCORD_LIMITS.modal.description) }),
    component: componentOf(field),
  }
}

function componentOf(field: FormField): APILabelComponent['component'] {
  if (field.type === 'text') return textInput(field)
  if (field.type === 'select') return select(field)
  if (field.type === 'role') return roleSelect(field)
  const { id: custom_id, required = false } = field
  const least = required ? 1 : 0
  return { type: ComponentType.FileUpload, custom_id, required, min_values: least, max_values: 1 }
}

/** Discord's own picker, which searches all roles. Left empty, it means no particular one. */
function roleSelect({
  id,
  value,
  options,
}: Extract<FormField, { type: 'role' }>): APILabelComponent['component'] {
  const isRole = value !== '' && value !== options[0]?.value
  return {
    type: ComponentType.RoleSelect,
    custom_id: id,
    required: false,
    min_values: 0,
    max_values: 1,
    ...(options[0] && { placeholder: shorten(options[0].label, DISCORD_LIMITS.select.placeholder) }),
    ...(isRole && { default_values: [{ id: value, type: SelectMenuDefaultValueType.Role }] }),
  }
}

function textInput(field: Extract<FormField, { type: 'text' }>): APILabelComponent['component'] {
  const max = Math.min(field.maxLength, DISCORD_LIMITS.modal.value)
  // Discord's client removes line breaks from single-line fields, and refuses a whole form with a value beyond the limit.
  const value = shorten(field.multiline ? field.value : field.value.replace(/\s*\n\s*/g, ' '), max)
  return {
    type: ComponentType.TextInput,
    custom_id: field.id,
    style: field.multiline ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: field.required ?? false,
    max_length: max,
    ...(value !== '' && { value: value.toWellFormed() }),
    ...(field.placeholder && { placeholder: shorten(field.placeholder, DISCORD_LIMITS.modal.placeholder) }),
  }
}

function select(field: Extract<FormField, { type: 'select' }>): APILabelComponent['component'] {
  return {
    type: ComponentType.StringSelect,
    custom_id: field.id,
    required: true,
    options: field.options.slice(0, DISCORD_LIMITS.select.options).map(({ value, label }) => ({
      value,
      label: shorten(label, DISCORD_LIMITS.select.label) || '…',
      ...(value === field.value && { default: true }),
    })),
  }
}
