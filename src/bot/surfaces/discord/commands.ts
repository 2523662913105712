import {
  type APIApplicationCommandOption,
  type APIApplicationCommandOptionChoice,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js'
import { COMMANDS, type CommandSpec, type OptionSpec } from '../../handlers/commands.ts'
import { shorten } from '../../view/shorten.ts'
import { type Words, wordsFor } from '../../words/index.ts'
import { DISCORD_LIMITS } from './limits.ts'

/** Maximum characters of a duration. */
const DURATION = 40

/** The language that Discord falls back to, and the others. */
const ENGLISH = wordsFor('en')
const OTHERS: [Locale, Words][] = [[Locale.Korean, wordsFor('ko')]]

/**
 * The commands to register. Their names are the same in all languages, as on Slack; their descriptions are in the reader's.
 */
export function commandBodies(scope: 'global' | 'guild'): RESTPostAPIApplicationCommandsJSONBody[] {
  // Contexts can only be set for global commands; a guild's commands are offered in that guild.
  const where =
    scope === 'guild'
      ? {}
      : {
          contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
          integration_types: [ApplicationIntegrationType.GuildInstall],
        }
  return [
    {
      type: ApplicationCommandType.ChatInput,
      name: 'draft',
      ...described((words) => words.command.draft),
      options: COMMANDS.map(subcommand),
      ...where,
    },
    {
      type: ApplicationCommandType.Message,
      name: ENGLISH.command.shortcut,
      name_localizations: inOthers((words) => words.command.shortcut),
      ...where,
    },
  ]
}

/** A draft as a suggestion for a `draft` option: title, status and age. */
export function choiceOf(
  { draftId, title, status, createdAt }: { draftId: string; title: string; status: string; createdAt: Date },
  locale: string,
  now: Date,
): APIApplicationCommandOptionChoice<string> {
  const about = ` · ${status} · ${age(createdAt, now, locale)}`
  return {
    name: `${shorten(title, DISCORD_LIMITS.command.choiceName - about.length)}${about}`,
    value: draftId,
  }
}

function subcommand({ name, description, options }: CommandSpec): APIApplicationCommandSubcommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    ...described(description),
    options: options.map(option),
  }
}

function option(
  spec: OptionSpec,
): Exclude<NonNullable<APIApplicationCommandSubcommandOption['options']>[number], undefined> {
  const common = {
    name: spec.name,
    ...described(spec.description),
    ...(spec.required && { required: true }),
  }
  switch (spec.type) {
    case 'text':
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        max_length: Math.min(spec.maxLength, DISCORD_LIMITS.command.text),
      }
    case 'duration':
      return { ...common, type: ApplicationCommandOptionType.String, max_length: DURATION }
    case 'person':
      return { ...common, type: ApplicationCommandOptionType.User }
    case 'boolean':
      return { ...common, type: ApplicationCommandOptionType.Boolean }
    case 'choice':
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        choices: spec.choices
          .slice(0, DISCORD_LIMITS.command.choices)
          .map((value) => choice(spec.labelOf, value)),
      }
    case 'draft':
      return { ...common, type: ApplicationCommandOptionType.String, autocomplete: true }
  }
}

function choice(
  labelOf: (words: Words, value: string) => string,
  value: string,
): APIApplicationCommandOptionChoice<string> {
  const label = (words: Words) => shorten(labelOf(words, value), DISCORD_LIMITS.command.choiceName)
  return { name: label(ENGLISH), name_localizations: inOthers(label), value }
}

function described(
  description: (words: Words) => string,
): Pick<APIApplicationCommandOption, 'description' | 'description_localizations'> {
  const text = (words: Words) => shorten(description(words), DISCORD_LIMITS.command.description)
  return { description: text(ENGLISH), description_localizations: inOthers(text) }
}

function inOthers(text: (words: Words) => string): Partial<Record<Locale, string>> {
  return Object.fromEntries(OTHERS.map(([locale, words]) => [locale, text(words)]))
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

function age(from: Date, now: Date, locale: string): string {
  const seconds = Math.max(0, (now.getTime() - from.getTime()) / 1000)
  const [unit, length] = UNITS.find(([, each]) => seconds >= each) ?? (['minute', 60] as const)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  return format.format(-Math.floor(seconds / length), unit)
}
