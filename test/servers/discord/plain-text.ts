import { ComponentType as C, MessageFlags } from 'discord.js'
import { isSelect } from './checks/buttons-and-selects.ts'
import { isObject } from './checks/form-errors.ts'
import type { Component, Message, ModalForm } from './types.ts'

/**
 * A message as a person reads it, one line per part: texts unchanged, `[Label]` for a button (`[Label ✗]` when disabled),
 * `<placeholder: a | b>` for a select menu, `(file name)` for a picture, clip or file.
 */
export function plainText(message: Message): string {
  if ((message.flags & MessageFlags.Loading) !== 0) return '… is thinking'
  const shown = new Set<string>()
  const lines = [message.content, ...message.embeds.flatMap(embedLines)]
  for (const component of message.components) lines.push(...componentLines(component, shown))
  for (const attachment of message.attachments) {
    const hidden = (message.flags & MessageFlags.IsComponentsV2) !== 0
    // In Components V2, a file that no component shows is invisible.
    if (!shown.has(attachment.url) && !hidden) lines.push(`(${attachment.filename})`)
  }
  return lines.filter((line) => line !== '').join('\n')
}

/** A form as a person sees it: its title, then one line per field, `Label: value`. */
export function plainModal(modal: ModalForm): string {
  const lines = modal.components.flatMap((component) => {
    if (component.type === C.TextDisplay) return [component.content ?? '']
    const label = component.label ?? component.components?.[0]?.label ?? ''
    const field = component.component ?? component.components?.[0]
    const chosen = field?.options?.filter((option) => option.default === true).map((option) => option.label)
    return [`${label}: ${chosen?.join(', ') ?? field?.value ?? ''}`]
  })
  return [modal.title, ...lines].join('\n')
}

/** Every component of a message, at any depth, in order. */
export function allComponents(message: Message): Component[] {
  const found: Component[] = []
  const visit = (component: Component) => {
    found.push(component)
    component.components?.forEach(visit)
    if (component.accessory !== undefined) visit(component.accessory)
  }
  message.components.forEach(visit)
  return found
}

/**
 * The pings of a message: `@everyone`, `@here`, `<@id>` and `<@&id>` in its texts, as far as its `allowed_mentions` allow them.
 * https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function pingsOf(message: Message): string[] {
  const texts = [message.content, ...allComponents(message).map(({ content }) => content ?? '')]
  const found = texts.join('\n').match(/@everyone|@here|<@!?\d+>|<@&\d+>/g) ?? []
  const allowed = message.allowedMentions
  if (!isObject(allowed)) return found
  const lists = (name: string) => (Array.isArray(allowed[name]) ? allowed[name].map(String) : [])
  const parse = lists('parse')
  return found.filter((mention) => {
    if (!mention.startsWith('<')) return parse.includes('everyone')
    const kind = mention.startsWith('<@&') ? 'roles' : 'users'
    return parse.includes(kind) || lists(kind).includes(mention.replace(/\D/g, ''))
  })
}

function componentLines(component: Component, shown: Set<string>): string[] {
  const children = [
    ...(component.components ?? []),
    ...(component.accessory === undefined ? [] : [component.accessory]),
  ]
  const file = (url: string | undefined, description?: string) => {
    if (url === undefined) return []
    shown.add(url)
    const name = URL.parse(url)?.pathname.split('/').at(-1) ?? url
    return [`(${name}${description === undefined ? '' : `: ${description}`})`]
  }
  if (isSelect(component.type)) {
    const options = component.options?.map(
      (option) => `${option.label}${option.default === true ? ' ✓' : ''}`,
    )
    return [`<${component.placeholder ?? ''}: ${options?.join(' | ') ?? ''}>`]
  }
  switch (component.type) {
    case C.TextDisplay:
      return [component.content ?? '']
    case C.Button:
      return [`[${buttonLabel(component)}${component.disabled === true ? ' ✗' : ''}]`]
    case C.ActionRow:
      return [children.flatMap((child) => componentLines(child, shown)).join(' ')]
    case C.Thumbnail:
      return file(component.media?.url, component.description)
    case C.File:
      return file(component.file?.url)
    case C.MediaGallery:
      return (component.items ?? []).flatMap(({ media, description }) => file(media.url, description))
    case C.Separator:
      return []
    default:
      return children.flatMap((child) => componentLines(child, shown))
  }
}

/** The text on a button: its label, or its emoji if it has none. */
export function buttonLabel(button: Component): string {
  return button.label ?? button.emoji?.name ?? ''
}

function embedLines(embed: Record<string, unknown>): string[] {
  const fields = Array.isArray(embed.fields) ? embed.fields.filter(isObject) : []
  const footer = isObject(embed.footer) ? embed.footer.text : undefined
  const texts = [
    embed.title,
    embed.description,
    ...fields.map(({ name, value }) => `${name}: ${value}`),
    footer,
  ]
  return texts.filter((text) => typeof text === 'string')
}
