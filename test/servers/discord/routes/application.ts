import { checkCommand, checkCommandList } from '../checks/commands.ts'
import { formErrors, isObject } from '../checks/form-errors.ts'
import { refuse } from '../refusal.ts'
import type { Command, CommandOption, Json } from '../types.ts'
import { channelToWire, guildToWire, memberToWire, userToWire } from '../wire.ts'
import { directChannel, type World } from '../world.ts'
import { type Call, NO_CONTENT, type Route, route } from './route.ts'

/** The application, its user, its guilds and its commands. */
export const applicationRoutes: Route[] = [
  route('GET', '/gateway', ({ world }) => ({ status: 200, body: { url: gatewayUrl(world) } }), false),
  route('GET', '/gateway/bot', ({ world }) => ({
    status: 200,
    body: {
      url: gatewayUrl(world),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
    },
  })),
  route('GET', '/users/@me', ({ world }) => ({ status: 200, body: { ...userToWire(world.bot), flags: 0 } })),
  route('GET', '/users/{user_id}', ({ world, param }) => {
    const user = world.users.get(param('user_id'))
    if (user === undefined) throw refuse.unknownUser()
    return { status: 200, body: userToWire(user) }
  }),
  route('GET', '/users/@me/guilds', ({ world }) => ({
    status: 200,
    body: [...world.guilds.values()].map(({ id, name }) => ({
      id,
      name,
      icon: null,
      owner: false,
      features: [],
    })),
  })),
  route('POST', '/users/@me/channels', ({ world, body }) => {
    const user = world.users.get(String(body.recipient_id))
    if (user === undefined || user.bot) {
      const errors = formErrors()
      errors.add(['recipient_id'], 'USER_INVALID', 'Invalid Recipient(s)')
      errors.refuseIfAny()
    }
    return { status: 200, body: channelToWire(world, directChannel(world, String(body.recipient_id))) }
  }),
  ...['/applications/@me', '/oauth2/applications/@me'].map((template) =>
    route('GET', template, ({ world }) => ({
      status: 200,
      body: {
        id: world.bot.id,
        name: world.bot.username,
        icon: null,
        description: '',
        summary: '',
        bot_public: true,
        bot_require_code_grant: false,
        verify_key: '0'.repeat(64),
        flags: 0,
        bot: userToWire(world.bot),
        approximate_guild_count: world.guilds.size,
      },
    })),
  ),
  route('GET', '/guilds/{guild_id}', ({ world, param }) => ({
    status: 200,
    body: guildToWire(guildOf(world, param('guild_id'))),
  })),
  route('GET', '/guilds/{guild_id}/channels', ({ world, param }) => {
    const guild = guildOf(world, param('guild_id'))
    const channels = [...world.channels.values()].filter(
      (one) => one.guildId === guild.id && one.thread === null,
    )
    return { status: 200, body: channels.map((channel) => channelToWire(world, channel)) }
  }),
  route('GET', '/guilds/{guild_id}/members/{user_id}', ({ world, param }) => {
    const member = guildOf(world, param('guild_id')).members.get(param('user_id'))
    if (member === undefined) throw refuse.unknownMember()
    return { status: 200, body: memberToWire(world, member) }
  }),
  ...[
    '/applications/{application_id}/commands',
    '/applications/{application_id}/guilds/{guild_id}/commands',
  ].flatMap(commandRoutes),
]

function commandRoutes(template: string): Route[] {
  return [
    route('GET', template, (call) => {
      const full = call.query.get('with_localizations') === 'true'
      return { status: 200, body: commandsOf(call).map((command) => commandToWire(call, command, full)) }
    }),
    route('PUT', template, (call) => {
      const given = Array.isArray(call.rawBody) ? call.rawBody : []
      const errors = formErrors()
      checkCommandList(errors, given)
      errors.refuseIfAny()
      const before = commandsOf(call)
      const commands = given.filter(isObject).map((body) => commandFrom(call, body, sameName(before, body)))
      call.world.commands.set(scopeOf(call), commands)
      return { status: 200, body: commands.map((command) => commandToWire(call, command, true)) }
    }),
    route('POST', template, (call) => {
      const errors = formErrors()
      checkCommand(errors, [], call.body)
      errors.refuseIfAny()
      const before = commandsOf(call)
      const old = sameName(before, call.body)
      const command = commandFrom(call, call.body, old)
      call.world.commands.set(scopeOf(call), [...before.filter((one) => one !== old), command])
      return { status: old === undefined ? 201 : 200, body: commandToWire(call, command, true) }
    }),
    route('GET', `${template}/{command_id}`, (call) => ({
      status: 200,
      body: commandToWire(call, commandOf(call), true),
    })),
    route('PATCH', `${template}/{command_id}`, (call) => {
      const old = commandOf(call)
      const errors = formErrors()
      checkCommand(errors, [], call.body, true)
      errors.refuseIfAny()
      const command = commandFrom(call, { ...old, ...call.body }, old)
      const others = commandsOf(call).map((one) => (one === old ? command : one))
      call.world.commands.set(scopeOf(call), others)
      return { status: 200, body: commandToWire(call, command, true) }
    }),
    route('DELETE', `${template}/{command_id}`, (call) => {
      const old = commandOf(call)
      call.world.commands.set(
        scopeOf(call),
        commandsOf(call).filter((one) => one !== old),
      )
      return NO_CONTENT
    }),
  ]
}

function gatewayUrl(world: World): string {
  return `${world.origin.replace('http', 'ws')}/gateway`
}

function guildOf(world: World, id: string) {
  const guild = world.guilds.get(id)
  if (guild === undefined) throw refuse.unknownGuild()
  return guild
}

function scopeOf(call: Call): string {
  if (call.param('application_id') !== call.world.bot.id) throw refuse.unknownApplication()
  const guildId = call.param('guild_id')
  if (guildId === '') return 'global'
  if (!call.world.guilds.has(guildId)) throw refuse.missingAccess()
  return guildId
}

function commandsOf(call: Call): Command[] {
  return call.world.commands.get(scopeOf(call)) ?? []
}

function commandOf(call: Call): Command {
  const command = commandsOf(call).find(({ id }) => id === call.param('command_id'))
  if (command === undefined) throw refuse.unknownCommand()
  return command
}

function sameName(commands: readonly Command[], body: Json): Command | undefined {
  return commands.find(({ name, type }) => name === body.name && type === (body.type ?? 1))
}

function commandFrom(call: Call, body: Json, old: Command | undefined): Command {
  const command: Command = {
    id: old?.id ?? call.world.nextId(),
    type: typeof body.type === 'number' ? body.type : 1,
    name: String(body.name),
    description: typeof body.description === 'string' ? body.description : '',
    default_member_permissions:
      body.default_member_permissions === undefined || body.default_member_permissions === null
        ? null
        : String(body.default_member_permissions),
    nsfw: body.nsfw === true,
    contexts: Array.isArray(body.contexts) ? body.contexts.map(Number) : null,
    name_localizations: localizations(body.name_localizations),
    description_localizations: localizations(body.description_localizations),
    version: call.world.nextId(),
  }
  if (Array.isArray(body.options) && body.options.length > 0) {
    command.options = body.options.filter(isObject).map(optionFrom)
  }
  if (call.param('guild_id') === '') {
    command.integration_types = Array.isArray(body.integration_types)
      ? body.integration_types.map(Number)
      : [0]
  }
  return command
}

/** Discord returns options without fields that were left at their defaults. */
function optionFrom(body: Json): CommandOption {
  const kept = Object.entries(body).filter(
    ([key, value]) =>
      value !== undefined &&
      value !== null &&
      !(value === false && (key === 'required' || key === 'autocomplete')) &&
      !(Array.isArray(value) && value.length === 0),
  )
  const option = Object.fromEntries(kept) as Json & Partial<CommandOption>
  const { type = 3, name = '', description = '' } = option
  const children = Array.isArray(body.options) ? body.options.filter(isObject).map(optionFrom) : []
  return { ...option, type, name, description, ...(children.length === 0 ? {} : { options: children }) }
}

function localizations(value: unknown): Record<string, string> | null {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]))
    : null
}

function commandToWire(call: Call, command: Command, full: boolean): object {
  const guildId = call.param('guild_id')
  const shown = {
    ...command,
    application_id: call.world.bot.id,
    ...(guildId === '' ? { dm_permission: true } : { guild_id: guildId }),
  }
  return full ? shown : { ...shown, ...withoutLanguages(shown) }
}

/** Without `with_localizations` the localization dictionaries are omitted, at every depth. */
function withoutLanguages(owner: Json): Json {
  const options = Array.isArray(owner.options)
    ? { options: owner.options.filter(isObject).map(stripped) }
    : {}
  return { name_localizations: undefined, description_localizations: undefined, ...options }
}

function stripped(option: Json): Json {
  return { ...option, ...withoutLanguages(option) }
}
