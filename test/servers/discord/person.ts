import { ButtonStyle, ComponentType as C, MessageFlags } from 'discord.js'
import { storeAttachments } from './attachments.ts'
import { isSelect } from './checks/buttons-and-selects.ts'
import { commandData, type OptionValues, shortcutData } from './command-input.ts'
import { beginInteraction, type Interaction, type Modal } from './interaction.ts'
import { deleteMessage, postPlain } from './messages.ts'
import { chosen, type FieldValues, modalData, type SentFile } from './modal-input.ts'
import { may, sendPermission } from './permissions.ts'
import { allComponents, buttonLabel, plainText } from './plain-text.ts'
import type { Channel, Component, Message, User } from './types.ts'
import { directChannel, type World } from './world.ts'

/** A person using a Discord client. Anything that the client would not allow throws. */
export interface Person {
  readonly id: string
  readonly user: User
  /** Types a command, for example `/draft create topic:…`, in a channel. */
  command(path: string, options?: OptionValues, where?: { channel?: Channel }): Interaction
  /** Chooses a command in a message's context menu (“Apps”), by name. */
  shortcut(message: Message, name: string): Interaction
  /**
   * Sends an autocompletion for what was typed so far; `focused` is the option with the cursor, by default the last one of
   * `options`.
   */
  autocomplete(
    path: string,
    options: OptionValues,
    where?: { channel?: Channel; focused?: string },
  ): Interaction
  /** Presses a button, named by custom id, label, or emoji and label. */
  press(message: Message, button: string): Interaction
  /** Chooses in a select menu, named by custom id or placeholder, with options by value or label. */
  choose(message: Message, select: string, options: string | readonly string[]): Interaction
  /** Submits a form, with fields named by custom id or label; the others keep the values they were opened with. */
  submit(modal: Modal, values?: FieldValues): Interaction
  /** Uploads a file for a form. */
  sendFile(name: string, bytes: Buffer): SentFile
  /** Writes a message; `answers` is the message it replies to, whose author is pinged unless `pings` is false. */
  say(text: string, where?: { channel?: Channel; answers?: Message; pings?: boolean }): Message
  deleteMessage(message: Message): void
  /** The messages this person sees in a channel: public ones, and private ones for them, oldest first. */
  sees(channel?: Channel): Message[]
  /** Their direct messages with the bot. */
  directMessages(): Channel
  /** The current state of the message; undefined if it was deleted. */
  current(message: Message): Message | undefined
}

export function createPerson(world: World, user: User, home: Channel): Person {
  const channelOf = (message: Message): Channel => {
    const channel = world.channels.get(message.channelId)
    if (channel === undefined) throw new Error('The channel of this message is gone.')
    return channel
  }
  const visible = (message: Message): Message => {
    const now = channelOf(message).messages.get(message.id)
    if (now === undefined) throw new Error('This message was deleted.')
    if (now.visibleTo !== null && now.visibleTo !== user.id) {
      throw new Error(`${user.username} does not see this private message.`)
    }
    if ((now.flags & MessageFlags.Loading) !== 0) throw new Error('This message is still “thinking”.')
    return now
  }
  const component = (message: Message, part: Component, more: object) =>
    beginInteraction(world, {
      type: 3,
      user,
      channel: channelOf(message),
      source: message,
      data: { id: part.id, custom_id: part.custom_id, component_type: part.type, ...more },
    })

  /** The last choice in each menu, and how often its message had been edited at that time. */
  const shownInMenus = new Map<string, string>()

  return {
    id: user.id,
    user,
    command: (path, options = {}, { channel = home } = {}) => {
      const data = commandData(world, user, channel, path, options, null)
      return beginInteraction(world, { type: 2, user, channel, data, commandName: path })
    },
    shortcut: (message, name) => {
      const channel = channelOf(message)
      const data = shortcutData(world, channel, visible(message), name)
      return beginInteraction(world, { type: 2, user, channel, data, commandName: name })
    },
    autocomplete: (path, options, { channel = home, focused } = {}) => {
      const at = focused ?? Object.keys(options).at(-1) ?? ''
      const data = commandData(world, user, channel, path, options, at)
      return beginInteraction(world, { type: 4, user, channel, data, commandName: path })
    },
    press: (message, name) => {
      const now = visible(message)
      const button = theOne(now, name, (part) => part.type === C.Button, buttonNames)
      if (button.style === ButtonStyle.Link)
        throw new Error(`“${name}” is a link; the bot does not hear of it.`)
      if (button.disabled === true) throw new Error(`The button “${name}” is disabled.`)
      return component(now, button, {})
    },
    choose: (message, name, options) => {
      const now = visible(message)
      const select = theOne(
        now,
        name,
        (part) => isSelect(part.type),
        ({ placeholder }) => [placeholder ?? ''],
      )
      if (select.disabled === true) throw new Error(`The menu “${name}” is disabled.`)
      if (select.type !== C.StringSelect) throw new Error('Only menus of texts can be chosen from here.')
      const values = chosen(select, name, options)
      const menu = `${now.id} ${select.custom_id}`
      const shows = JSON.stringify([values, now.edits])
      if (shownInMenus.get(menu) === shows)
        throw new Error(`“${values}” is chosen in “${name}” already: the client sends nothing.`)
      shownInMenus.set(menu, shows)
      return component(now, select, { values })
    },
    submit: (modal, values = {}) => {
      const { state } = modal.opener
      if (state.userId !== user.id)
        throw new Error(`This form is open before somebody else than ${user.username}.`)
      const channel = world.channels.get(state.channelId)
      if (channel === undefined) throw new Error('The channel of this form is gone.')
      return beginInteraction(world, {
        type: 5,
        user,
        channel,
        source: channel.messages.get(state.sourceMessageId ?? '') ?? null,
        data: modalData(modal, values),
      })
    },
    sendFile: (filename, bytes) => {
      const upload = { index: '0', filename, type: 'application/octet-stream', bytes }
      const [attachment] = storeAttachments(world, home, {}, [upload], null)
      if (attachment === undefined) throw new Error('The file was not kept.')
      return { attachment }
    },
    say: (text, { answers, pings = true, channel = answers ? channelOf(answers) : home } = {}) => {
      if (!may(world, channel, user.id, sendPermission(channel)))
        throw new Error(`${user.username} cannot write here.`)
      const answer = answers && { message: visible(answers), pings }
      return postPlain(
        world,
        channel,
        { authorId: user.id },
        { content: text, ...(answer && { answers: answer }) },
      )
    },
    deleteMessage: (message) => {
      const channel = channelOf(message)
      // A private message can be dismissed by the person who sees it.
      const own = message.authorId === user.id || message.visibleTo === user.id
      if (!own && !may(world, channel, user.id, 'ManageMessages')) {
        throw new Error(`${user.username} may not delete this message.`)
      }
      deleteMessage(world, channel, message)
    },
    sees: (channel = home) => {
      if (!may(world, channel, user.id, 'ViewChannel')) return []
      return [...channel.messages.values()].filter(
        ({ visibleTo }) => visibleTo === null || visibleTo === user.id,
      )
    },
    directMessages: () => directChannel(world, user.id),
    current: (message) => world.channels.get(message.channelId)?.messages.get(message.id),
  }
}

function buttonNames(button: Component): string[] {
  const label = buttonLabel(button)
  return [label, `${button.emoji?.name ?? ''} ${label}`.trim()]
}

function theOne(
  message: Message,
  name: string,
  isKind: (part: Component) => boolean,
  namesOf: (part: Component) => string[],
): Component {
  const all = allComponents(message).filter(isKind)
  const byId = all.filter((part) => part.custom_id === name)
  const found = byId.length > 0 ? byId : all.filter((part) => namesOf(part).includes(name))
  const [first] = found
  if (first === undefined) throw new Error(`There is no “${name}” in this message:\n${plainText(message)}`)
  if (found.length > 1)
    throw new Error(`There are ${found.length} “${name}” in this message; name one by its custom id.`)
  return first
}
