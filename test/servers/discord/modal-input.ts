import { ComponentType as C, TextInputStyle } from 'discord.js'
import type { Attachment, Component, Json, ModalForm } from './types.ts'

/** A file that a person's client has uploaded: its id, and Discord's description of it. */
export interface SentFile {
  attachment: Attachment
}

export type FieldValues = Record<string, string | boolean | readonly string[] | SentFile>

/**
 * `data` of a form that a person submits, as their client would send it. Fields are named by custom id or label; fields that
 * aren't named keep the values the form was opened with. Throws if the client would not submit it.
 */
export function modalData(modal: ModalForm, values: FieldValues): Json {
  const unused = new Set(Object.keys(values))
  const take = (field: Component, label: string): FieldValues[string] | undefined => {
    for (const key of [field.custom_id ?? '', label]) {
      if (unused.delete(key)) return values[key]
    }
    return undefined
  }
  const components = modal.components.map((component, index): Json => {
    const base = { type: component.type, id: component.id ?? index + 1 }
    if (component.type === C.TextDisplay) return base
    const field = component.component ?? component.components?.[0]
    if (field === undefined) throw new Error('A part of the form has no field.')
    const label = component.label ?? field.label ?? ''
    const filled = filledField(field, label, take(field, label))
    return component.type === C.Label ? { ...base, component: filled } : { ...base, components: [filled] }
  })
  if (unused.size > 0) {
    const fields = modal.components.map(({ label, components }) => label ?? components?.[0]?.label ?? '')
    throw new Error(
      `The form “${modal.title}” has no field ${[...unused].join(', ')}; it has: ${fields.join(', ')}.`,
    )
  }
  const sent = Object.values(values).filter(isSent)
  const attachments = Object.fromEntries(sent.map(({ attachment }) => [attachment.id, attachment]))
  return { custom_id: modal.customId, components, ...(sent.length > 0 && { resolved: { attachments } }) }
}

function isSent(value: FieldValues[string] | undefined): value is SentFile {
  return typeof value === 'object' && 'attachment' in value
}

function filledField(field: Component, label: string, given: FieldValues[string] | undefined): Json {
  const base = { type: field.type, id: field.id ?? 0, custom_id: field.custom_id }
  switch (field.type) {
    case C.TextInput:
      return { ...base, value: typed(field, label, given) }
    case C.StringSelect:
    case C.CheckboxGroup:
      return { ...base, values: chosen(field, label, given) }
    case C.RoleSelect:
      return { ...base, values: picked(field, label, given) }
    case C.RadioGroup:
      return { ...base, value: chosen({ ...field, max_values: 1 }, label, given)[0] ?? null }
    case C.FileUpload: {
      if (given !== undefined && !isSent(given)) throw refused(label, 'it takes a file')
      if (given === undefined && (field.required !== false || (field.min_values ?? 1) > 0))
        throw refused(label, 'it is required')
      return { ...base, values: given === undefined ? [] : [given.attachment.id] }
    }
    case C.Checkbox:
      if (given !== undefined && typeof given !== 'boolean')
        throw refused(label, 'it is a checkbox: true or false')
      return { ...base, value: given ?? field.default ?? false }
    default:
      throw refused(label, `this server cannot fill in components of type ${field.type}`)
  }
}

/** The client counts UTF-16 units, as JavaScript does. */
function typed(field: Component, label: string, given: FieldValues[string] | undefined): string {
  const text = given ?? field.value ?? ''
  if (typeof text !== 'string') throw refused(label, 'it takes a text')
  if (text === '') {
    if (field.required !== false) throw refused(label, 'it is required')
    return text
  }
  if (field.style === TextInputStyle.Short && text.includes('\n')) throw refused(label, 'it takes one line')
  if (text.length < (field.min_length ?? 0))
    throw refused(label, `it takes at least ${field.min_length} characters`)
  const max = field.max_length ?? 4000
  if (text.length > max) throw refused(label, `it takes at most ${max} characters, not ${text.length}`)
  return text
}

/** Values of the chosen options, named by value or label; the preselected ones if nothing is given. */
export function chosen(select: Component, label: string, given: FieldValues[string] | undefined): string[] {
  const options = select.options ?? []
  if (typeof given === 'boolean' || isSent(given)) throw refused(label, 'it takes names of options')
  const names =
    given === undefined
      ? options.filter((option) => option.default === true).map(({ value }) => value)
      : typeof given === 'string'
        ? [given]
        : given
  const values = names.map((name) => {
    const option = options.find(({ value }) => value === name) ?? options.find((one) => one.label === name)
    if (option === undefined)
      throw refused(label, `“${name}” is not among ${options.map((one) => one.label).join(', ')}`)
    return option.value
  })
  const min = select.required === false && values.length === 0 ? 0 : (select.min_values ?? 1)
  const max = select.max_values ?? (select.type === C.CheckboxGroup ? options.length : 1)
  if (values.length < min) throw refused(label, `at least ${min} must be chosen`)
  if (values.length > max) throw refused(label, `at most ${max} can be chosen`)
  return values
}

/** Ids picked in a select that the client fills with the server's roles; the preselected ones if nothing is given. */
function picked(select: Component, label: string, given: FieldValues[string] | undefined): readonly string[] {
  if (typeof given === 'boolean' || isSent(given)) throw refused(label, 'it takes ids')
  const before = (select.default_values ?? []).map(({ id }) => id)
  const values = given === undefined ? before : typeof given === 'string' ? [given] : given
  const min = select.required === false && values.length === 0 ? 0 : (select.min_values ?? 1)
  if (values.length < min) throw refused(label, `at least ${min} must be chosen`)
  if (values.length > (select.max_values ?? 1)) throw refused(label, 'too many are chosen')
  return values
}

function refused(label: string, why: string): Error {
  return new Error(`The client refuses “${label}”: ${why}.`)
}
