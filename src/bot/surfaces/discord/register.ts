import { isDeepStrictEqual } from 'node:util'
import {
  type APIApplicationCommand,
  ApplicationCommandType,
  type Client,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js'
import { commandBodies } from './commands.ts'

/**
 * How many servers are checked for leftover commands of ours at start if ours are global; nobody tries out a bot on more
 * than this.
 */
const SERVERS_TO_CLEAN = 10

/**
 * Registers the commands if they differ from the current ones: in one server, where they are available immediately, or
 * globally. If they were registered the other way before, those are removed, so that nobody sees them twice.
 * @returns what changed, for the log.
 */
export async function registerCommands(client: Client<true>, guildId: string | undefined): Promise<string[]> {
  const changed: string[] = []
  const wanted = commandBodies(guildId === undefined ? 'global' : 'guild')
  const present = await registered(client, guildId)
  // The command that starts an Activity is created by Discord, and would be lost with the others.
  const foreign = present.filter(({ type }) => type === ApplicationCommandType.PrimaryEntryPoint)
  const own = present.filter((command) => !foreign.includes(command))
  if (!sameCommands(wanted, own)) {
    await client.rest.put(route(client, guildId), { body: [...wanted, ...foreign] })
    changed.push(guildId === undefined ? 'commands registered' : `commands registered in server ${guildId}`)
  }
  const elsewhere =
    guildId !== undefined
      ? [undefined]
      : client.guilds.cache.size > SERVERS_TO_CLEAN
        ? []
        : [...client.guilds.cache.keys()]
  for (const other of elsewhere) {
    for (const command of await registered(client, other)) {
      if (!wanted.some((ours) => ours.name === command.name && typeOf(ours) === typeOf(command))) continue
      await client.rest.delete(`${route(client, other)}/${command.id}`)
      changed.push(`older registration of ${command.name} removed`)
    }
  }
  return changed
}

/** Whether Discord has exactly these commands, ignoring what it adds itself. */
function sameCommands(
  wanted: RESTPostAPIApplicationCommandsJSONBody[],
  present: APIApplicationCommand[],
): boolean {
  if (wanted.length !== present.length) return false
  return wanted.every((ours) => {
    const theirs = present.find((each) => each.name === ours.name && typeOf(each) === typeOf(ours))
    return theirs !== undefined && isDeepStrictEqual(meaningOf(ours), meaningOf(onlyAsked(theirs, ours)))
  })
}

/** The fields of a command that ours has, too; Discord fills in others. */
function onlyAsked(theirs: APIApplicationCommand, ours: object): object {
  return Object.fromEntries(Object.entries(theirs).filter(([key]) => Object.hasOwn(ours, key)))
}

async function registered(
  client: Client<true>,
  guildId: string | undefined,
): Promise<APIApplicationCommand[]> {
  const query = new URLSearchParams({ with_localizations: 'true' })
  return (await client.rest.get(route(client, guildId), { query })) as APIApplicationCommand[]
}

function route(client: Client<true>, guildId: string | undefined): `/${string}` {
  const { id } = client.application
  return guildId === undefined ? Routes.applicationCommands(id) : Routes.applicationGuildCommands(id, guildId)
}

function typeOf({ type }: { type?: ApplicationCommandType | undefined }): ApplicationCommandType {
  return type ?? ApplicationCommandType.ChatInput
}

/** The fields of a command that people notice; Discord returns many more, and omits defaults. */
const MEANT = [
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'options',
  'required',
  'choices',
  'value',
  'autocomplete',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'contexts',
  'integration_types',
]
const LOCALIZED = ['name_localizations', 'description_localizations']
/** Lists whose order doesn't matter. */
const SETS = ['contexts', 'integration_types']

/** The relevant parts of a command in a canonical form: keys sorted, defaults left out. */
function meaningOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaningOf)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([key]) => MEANT.includes(key))
    .filter(([, each]) => each !== undefined && each !== null && each !== false && each !== '')
    .filter(([, each]) => !(Array.isArray(each) && each.length === 0))
    .map(([key, each]): [string, unknown] => {
      if (SETS.includes(key) && Array.isArray(each)) return [key, each.toSorted()]
      return [key, LOCALIZED.includes(key) ? sorted(each) : meaningOf(each)]
    })
  return sorted(Object.fromEntries(entries))
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
