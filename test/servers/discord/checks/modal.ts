import { ComponentType as C } from 'discord.js'
import { checkCustomId, checkOptions, checkSelect } from './buttons-and-selects.ts'
import { codePoints, type FormErrors, isObject } from './form-errors.ts'

type Path = readonly (string | number)[]
type Fields = Record<string, unknown>

/**
 * Checks `data` of a response of type 9.
 * https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
 */
export function checkModal(errors: FormErrors, data: Fields): void {
  const customIds = new Set<string>()
  errors.text(['custom_id'], data.custom_id, 1, 100)
  errors.text(['title'], data.title, 1, 45)
  const components = errors.list(['components'], data.components, 1, 5)
  for (const [index, component] of components.entries()) {
    const path = ['components', index]
    const fields = isObject(component) ? component : {}
    switch (fields.type) {
      case C.Label:
        checkLabel(errors, path, fields, customIds)
        break
      case C.TextDisplay:
        errors.text([...path, 'content'], fields.content, 1, 4000)
        break
      case C.ActionRow: {
        const children = errors.list([...path, 'components'], fields.components, 1, 1)
        const child = isObject(children[0]) ? children[0] : {}
        const at = [...path, 'components', 0]
        if (child.type === C.TextInput) {
          errors.text([...at, 'label'], child.label, 1, 45)
          checkTextInput(errors, at, child, customIds)
        } else {
          errors.add(at, 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (4,).')
        }
        break
      }
      default:
        errors.add(path, 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1, 10, 18).')
    }
  }
}

function checkLabel(errors: FormErrors, path: Path, label: Fields, customIds: Set<string>): void {
  errors.text([...path, 'label'], label.label, 1, 45)
  if (label.description !== undefined && label.description !== null) {
    errors.text([...path, 'description'], label.description, 1, 100)
  }
  const at = [...path, 'component']
  const field = isObject(label.component) ? label.component : {}
  switch (field.type) {
    case C.TextInput:
      if (typeof field.label === 'string') {
        errors.add(
          [...at, 'label'],
          'BASE_TYPE_UNEXPECTED',
          'A text input in a label cannot have a label of its own',
        )
      }
      checkTextInput(errors, at, field, customIds)
      return
    case C.StringSelect:
    case C.UserSelect:
    case C.RoleSelect:
    case C.MentionableSelect:
    case C.ChannelSelect:
      if (field.disabled === true) {
        errors.add(
          [...at, 'disabled'],
          'COMPONENT_DISABLED_IN_MODAL',
          'A select menu in a modal cannot be disabled',
        )
      }
      checkSelect(errors, at, field, customIds)
      return
    case C.FileUpload:
      errors.integer([...at, 'min_values'], field.min_values, 0, 10)
      errors.integer([...at, 'max_values'], field.max_values, 1, 10)
      checkCustomId(errors, at, field.custom_id, customIds)
      return
    case C.RadioGroup:
      checkOptions(errors, at, errors.list([...at, 'options'], field.options, 2, 10))
      checkCustomId(errors, at, field.custom_id, customIds)
      return
    case C.CheckboxGroup:
      checkOptions(errors, at, errors.list([...at, 'options'], field.options, 1, 10))
      checkCustomId(errors, at, field.custom_id, customIds)
      return
    case C.Checkbox:
      checkCustomId(errors, at, field.custom_id, customIds)
      return
    default:
      errors.add(
        at,
        'UNION_TYPE_CHOICES',
        'Value of field "type" must be one of (3, 4, 5, 6, 7, 8, 19, 21, 22, 23).',
      )
  }
}

/** https://discord.com/developers/docs/components/reference#text-input */
function checkTextInput(errors: FormErrors, path: Path, input: Fields, customIds: Set<string>): void {
  checkCustomId(errors, path, input.custom_id, customIds)
  if (input.style === undefined)
    errors.add([...path, 'style'], 'BASE_TYPE_REQUIRED', 'This field is required')
  errors.integer([...path, 'style'], input.style, 1, 2)
  errors.integer([...path, 'min_length'], input.min_length, 0, 4000)
  errors.integer([...path, 'max_length'], input.max_length, 1, 4000)
  const max = typeof input.max_length === 'number' ? input.max_length : 4000
  if (typeof input.min_length === 'number' && input.min_length > max) {
    errors.add(
      [...path, 'min_length'],
      'TEXT_INPUT_MIN_LENGTH_GREATER',
      'min_length cannot be greater than max_length',
    )
  }
  if (input.placeholder !== undefined && input.placeholder !== null) {
    errors.text([...path, 'placeholder'], input.placeholder, 0, 100)
  }
  if (input.value === undefined || input.value === null) return
  if (errors.text([...path, 'value'], input.value, 0, 4000) && codePoints(input.value) > max) {
    errors.add([...path, 'value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`)
  }
}
