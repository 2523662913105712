import { ComponentType as C } from 'discord.js'
import type { Component } from '../types.ts'
import { checkButton, checkSelect, isSelect } from './buttons-and-selects.ts'
import { codePoints, type FormErrors, isObject } from './form-errors.ts'

/**
 * Limits for a message with components. https://discord.com/developers/docs/components/reference and
 * /components/using-message-components
 */
const MAX_COMPONENTS = 40
const MAX_TEXT = 4000
const TOP_LEVEL_V2: number[] = [
  C.ActionRow,
  C.Section,
  C.TextDisplay,
  C.MediaGallery,
  C.File,
  C.Separator,
  C.Container,
]
const IN_CONTAINER = TOP_LEVEL_V2.filter((type) => type !== C.Container)

type Path = readonly (string | number)[]

interface Scope {
  errors: FormErrors
  /** Names that `attachment://` may refer to. */
  files: ReadonlySet<string>
  customIds: Set<string>
  ids: Set<number>
  count: number
  text: number
}

/** Checks the `components` of a message: `v2` is whether the flag IS_COMPONENTS_V2 is set. */
export function checkComponents(
  errors: FormErrors,
  components: unknown,
  options: { v2: boolean; files: ReadonlySet<string> },
): void {
  if (components === undefined || components === null) return
  const scope: Scope = {
    errors,
    files: options.files,
    customIds: new Set(),
    ids: new Set(),
    count: 0,
    text: 0,
  }
  const list = errors.list(['components'], components, 0, options.v2 ? MAX_COMPONENTS : 5)
  list.forEach((component, index) => {
    checkComponent(scope, ['components', index], component, options.v2 ? TOP_LEVEL_V2 : [C.ActionRow])
  })
  if (scope.count > MAX_COMPONENTS) {
    errors.add(
      ['components'],
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The total number of components (${scope.count}) exceeds the maximum of ${MAX_COMPONENTS}.`,
    )
  }
  if (scope.text > MAX_TEXT) {
    errors.add(
      ['components'],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `The total displayable text (${scope.text}) exceeds the maximum of ${MAX_TEXT}.`,
    )
  }
}

function checkComponent(scope: Scope, path: Path, value: unknown, allowed: readonly number[]): void {
  const { errors } = scope
  if (!isObject(value)) {
    errors.add(path, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType')
    return
  }
  const component = value as Record<string, unknown> & Partial<Component>
  if (typeof component.type !== 'number' || !allowed.includes(component.type)) {
    errors.add(
      path,
      'UNION_TYPE_CHOICES',
      `Value of field "type" must be one of (${[...allowed].sort((a, b) => a - b).join(', ')},).`,
    )
    return
  }
  scope.count++
  checkId(scope, path, component.id)
  switch (component.type) {
    case C.ActionRow:
      checkRow(scope, path, component)
      return
    case C.Button:
      checkButton(errors, path, component, scope.customIds)
      return
    case C.Section:
      for (const [index, child] of errors
        .list([...path, 'components'], component.components, 1, 3)
        .entries()) {
        checkComponent(scope, [...path, 'components', index], child, [C.TextDisplay])
      }
      if (component.accessory === undefined || component.accessory === null) {
        errors.add([...path, 'accessory'], 'BASE_TYPE_REQUIRED', 'This field is required')
      } else {
        checkComponent(scope, [...path, 'accessory'], component.accessory, [C.Button, C.Thumbnail])
      }
      return
    case C.TextDisplay:
      if (errors.text([...path, 'content'], component.content, 1, MAX_TEXT)) {
        scope.text += codePoints(component.content)
      } else if (typeof component.content === 'string') {
        scope.text += codePoints(component.content)
      }
      return
    case C.Thumbnail:
      checkDescription(errors, path, component.description)
      checkMedia(scope, [...path, 'media'], component.media, false)
      return
    case C.MediaGallery:
      for (const [index, item] of errors.list([...path, 'items'], component.items, 1, 10).entries()) {
        const at = [...path, 'items', index]
        const entry = isObject(item) ? item : {}
        checkDescription(errors, at, entry.description)
        checkMedia(scope, [...at, 'media'], entry.media, false)
      }
      return
    case C.File:
      checkMedia(scope, [...path, 'file'], component.file, true)
      return
    case C.Separator:
      errors.integer([...path, 'spacing'], component.spacing, 1, 2)
      return
    case C.Container:
      errors.integer([...path, 'accent_color'], component.accent_color, 0, 0xffffff)
      for (const [index, child] of errors
        .list([...path, 'components'], component.components, 1, MAX_COMPONENTS)
        .entries()) {
        checkComponent(scope, [...path, 'components', index], child, IN_CONTAINER)
      }
      return
    default:
      checkSelect(errors, path, component, scope.customIds)
  }
}

/** Checks for up to five buttons, or a single select menu. */
function checkRow(scope: Scope, path: Path, row: Partial<Component>): void {
  const children = scope.errors.list([...path, 'components'], row.components, 1, 5)
  let width = 0
  for (const [index, child] of children.entries()) {
    const at = [...path, 'components', index]
    checkComponent(scope, at, child, [
      C.Button,
      C.StringSelect,
      C.UserSelect,
      C.RoleSelect,
      C.MentionableSelect,
      C.ChannelSelect,
    ])
    width += isObject(child) && isSelect(child.type) ? 5 : 1
    if (width > 5) {
      scope.errors.add(
        at,
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
        'The specified component exceeds the maximum width',
      )
    }
  }
}

function checkId(scope: Scope, path: Path, id: unknown): void {
  scope.errors.integer([...path, 'id'], id, 0, 0x7fffffff)
  // 0 means “assign a number for me”.
  if (typeof id !== 'number' || id === 0) return
  if (scope.ids.has(id)) {
    scope.errors.add([...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated')
  }
  scope.ids.add(id)
}

function checkDescription(errors: FormErrors, path: Path, description: unknown): void {
  if (description !== undefined && description !== null)
    errors.text([...path, 'description'], description, 1, 1024)
}

function checkMedia(scope: Scope, path: Path, media: unknown, onlyAttachments: boolean): void {
  const { errors } = scope
  const url = isObject(media) ? media.url : undefined
  const at = [...path, 'url']
  if (!errors.text(at, url, 1, 2048)) return
  const name = url.startsWith('attachment://') ? url.slice('attachment://'.length) : null
  if (name === null && onlyAttachments) {
    errors.add(at, 'COMPONENT_FILE_NOT_ATTACHMENT', 'Only attachment:// references are allowed here.')
  } else if (name === null && !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    errors.add(
      at,
      'URL_TYPE_INVALID_SCHEME',
      `Scheme "${url.split(':')[0]}" is not supported. Scheme must be one of ('http', 'https', 'attachment').`,
    )
  } else if (name !== null && !scope.files.has(name)) {
    errors.add(at, 'COMPONENT_ATTACHMENT_NOT_FOUND', `The referenced attachment was not found: ${url}`)
  }
}
