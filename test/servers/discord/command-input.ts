import { PermissionFlagsBits } from 'discord.js'
import { isObject } from './checks/form-errors.ts'
import { permissionsIn } from './permissions.ts'
import type { Channel, Command, CommandOption, Json, Message, User } from './types.ts'
import { memberToWire, messageToWire, userToWire } from './wire.ts'
import type { World } from './world.ts'

export type OptionValues = Record<string, string | number | boolean>

const SUBCOMMAND = 1
const GROUP = 2
const STRING = 3
const INTEGER = 4
const BOOLEAN = 5
const USER = 6
const NUMBER = 10
/** The command type for a message's context menu. */
const MESSAGE = 3

/**
 * `data` of a command that a person types, as their client would send it. `path` is for example `draft create`. Throws if the
 * client would not send it: unknown command or option, missing or invalid values, not allowed here. `focused` makes it an
 * autocompletion: that option is still being typed, and nothing is checked yet.
 */
export function commandData(
  world: World,
  user: User,
  channel: Channel,
  path: string,
  values: OptionValues,
  focused: string | null,
): Json {
  const [name = '', ...rest] = path.trim().split(/\s+/)
  const command = commandFor(world, channel, name)
  checkAllowed(world, user, channel, command)
  const resolved: Json = {}
  const build = (options: readonly CommandOption[], names: string[]): Json[] => {
    const [next, ...deeper] = names
    const nested = options.some(({ type }) => type === SUBCOMMAND || type === GROUP)
    if (nested) {
      const option = options.find((one) => one.name === next)
      if (option === undefined)
        throw new Error(`/${path}: there is no subcommand “${next ?? ''}” in /${name}.`)
      return [{ type: option.type, name: option.name, options: build(option.options ?? [], deeper) }]
    }
    if (next !== undefined) throw new Error(`/${path}: there is no subcommand “${next}”.`)
    return filledOptions(world, channel, path, options, values, focused, resolved)
  }
  return {
    id: command.id,
    name: command.name,
    type: 1,
    ...(world.commands.get(channel.guildId ?? '')?.includes(command) ? { guild_id: channel.guildId } : {}),
    options: build(command.options ?? [], rest),
    ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
  }
}

/** `data` of a command that a person chooses in a message's context menu. */
export function shortcutData(world: World, channel: Channel, message: Message, name: string): Json {
  const command = commandFor(world, channel, name, MESSAGE)
  return {
    id: command.id,
    name: command.name,
    type: MESSAGE,
    target_id: message.id,
    resolved: { messages: { [message.id]: messageToWire(world, message) } },
  }
}

function commandFor(world: World, channel: Channel, name: string, type = 1): Command {
  const here = [...(world.commands.get(channel.guildId ?? '') ?? []), ...(world.commands.get('global') ?? [])]
  const command = here.find((one) => one.name === name && one.type === type)
  if (command === undefined) {
    throw new Error(
      `There is no command /${name} here; there are: ${here.map((one) => one.name).join(', ') || 'none'}.`,
    )
  }
  const context = channel.guildId === null ? 1 : 0
  if (command.contexts !== null && !command.contexts.includes(context)) {
    throw new Error(`/${name} is not offered ${context === 1 ? 'in direct messages' : 'in guilds'}.`)
  }
  return command
}

function checkAllowed(world: World, user: User, channel: Channel, command: Command): void {
  if (channel.guildId === null) return
  const has = permissionsIn(world, channel, user.id)
  const needed = BigInt(command.default_member_permissions ?? 0) | PermissionFlagsBits.UseApplicationCommands
  if ((has & needed) !== needed) throw new Error(`${user.username} may not use /${command.name} here.`)
}

function filledOptions(
  world: World,
  channel: Channel,
  path: string,
  options: readonly CommandOption[],
  values: OptionValues,
  focused: string | null,
  resolved: Json,
): Json[] {
  for (const given of Object.keys(values)) {
    if (!options.some(({ name }) => name === given)) throw new Error(`/${path} has no option “${given}”.`)
  }
  return options.flatMap((option) => {
    const given = values[option.name]
    if (option.name === focused) {
      if (option.autocomplete !== true) throw new Error(`/${path}: “${focused}” has no autocompletion.`)
      return [{ type: option.type, name: option.name, value: String(given ?? ''), focused: true }]
    }
    if (given === undefined) {
      if (option.required === true && focused === null)
        throw new Error(`/${path} needs the option “${option.name}”.`)
      return []
    }
    const value = checked(path, option, given)
    if (option.type === USER) resolveUser(world, channel, String(value), resolved)
    return [{ type: option.type, name: option.name, value }]
  })
}

function checked(
  path: string,
  option: CommandOption,
  given: string | number | boolean,
): string | number | boolean {
  const wrong = (why: string) =>
    new Error(`/${path}: the client refuses ${option.name} = ${JSON.stringify(given)}: ${why}.`)
  if (option.choices !== undefined && option.choices.length > 0) {
    const choice = option.choices.find(({ name, value }) => value === given || name === given)
    if (choice === undefined) throw wrong(`choices are ${option.choices.map(({ name }) => name).join(', ')}`)
    return choice.value
  }
  switch (option.type) {
    case STRING:
    case USER: {
      if (typeof given !== 'string') throw wrong('it takes a text')
      if (option.type === STRING && given === '') throw wrong('it is empty')
      if (given.length < (option.min_length ?? 0))
        throw wrong(`it takes at least ${option.min_length} characters`)
      if (given.length > (option.max_length ?? 6000))
        throw wrong(`it takes at most ${option.max_length ?? 6000} characters`)
      return given
    }
    case INTEGER:
    case NUMBER: {
      if (typeof given !== 'number' || (option.type === INTEGER && !Number.isInteger(given)))
        throw wrong('it takes a number')
      if (given < (option.min_value ?? -Infinity)) throw wrong(`it takes at least ${option.min_value}`)
      if (given > (option.max_value ?? Infinity)) throw wrong(`it takes at most ${option.max_value}`)
      return given
    }
    case BOOLEAN:
      if (typeof given !== 'boolean') throw wrong('it takes true or false')
      return given
    default:
      throw wrong(`this server cannot fill in options of type ${option.type}`)
  }
}

function resolveUser(world: World, channel: Channel, id: string, resolved: Json): void {
  const user = world.users.get(id)
  if (user === undefined) throw new Error(`There is no user ${id}.`)
  const member = world.guilds.get(channel.guildId ?? '')?.members.get(id)
  const users = isObject(resolved.users) ? resolved.users : {}
  const members = isObject(resolved.members) ? resolved.members : {}
  users[id] = userToWire(user)
  if (member !== undefined) {
    members[id] = {
      ...memberToWire(world, member),
      user: undefined,
      permissions: permissionsIn(world, channel, id).toString(),
    }
  }
  resolved.users = users
  resolved.members = members
}
