import { CREATE_DEFAULTS } from '../../core/draft/create-input.ts'
import { TOKEN_SCOPES } from '../../core/draft/tokens.ts'
import { TEMPLATE_NAMES } from '../../core/media/captions/templates.ts'
import { FORMAT_NAMES, LANGUAGES, MOODS, type Mood } from '../../core/model/formats.ts'
import { LIMITS } from '../../core/model/limits.ts'
import { STATUSES } from '../../db/entities/draft.ts'
import { NO_MUSIC } from '../view/forms.ts'
import type { Words } from '../words/index.ts'

/** Commands as data, from which Discord's registration, Slack's parser and the terminal's options are built. */
export type OptionSpec = {
  name: string
  description: (words: Words) => string
  required?: boolean
} & (
  | { type: 'text'; maxLength: number }
  /** A duration as people write it, in seconds. */
  | { type: 'duration'; min: number; max: number }
  | { type: 'boolean' }
  | {
      type: 'choice'
      choices: readonly string[]
      labelOf: (words: Words, choice: string) => string
      /** What people may type besides its label. */
      alsoOf?: (words: Words, choice: string) => string
    }
  /** A person: `id:` and an id, or a name. */
  | { type: 'person' }
  /** The id of a draft, suggested by title while typing. */
  | { type: 'draft' }
)

/** Prefix for the id of a chosen person; names have none. */
export const PERSON = 'id:'

export interface CommandSpec {
  name:
    | 'create'
    | 'list'
    | 'show'
    | 'delete'
    | 'history'
    | 'jobs'
    | 'settings'
    | 'account'
    | 'sessions'
    | 'token'
    | 'help'
  description: (words: Words) => string
  options: OptionSpec[]
}

const draft = (required: boolean): OptionSpec => ({
  type: 'draft',
  name: 'draft',
  description: (words) => words.command.draftOption,
  required,
})

/** The options of `/draft create`, which are also the fields of its form. */
const CREATE_OPTIONS: OptionSpec[] = [
  { type: 'text', name: 'topic', description: (words) => words.command.topic, maxLength: LIMITS.topic },
  // Discord accepts at most 6000 characters in a text option; longer scripts go through Slack's form or a shortcut.
  { type: 'text', name: 'script', description: (words) => words.command.script, maxLength: 6000 },
  {
    type: 'choice',
    name: 'format',
    description: (words) => words.command.format,
    choices: FORMAT_NAMES,
    labelOf: (words, name) => (words.format as Record<string, string>)[name] ?? name,
  },
  {
    type: 'duration',
    name: 'duration',
    description: (words) => `${words.command.duration} (${words.seconds(CREATE_DEFAULTS.targetDuration)})`,
    ...LIMITS.targetDuration,
  },
  { type: 'text', name: 'style', description: (words) => words.command.style, maxLength: LIMITS.style },
  {
    type: 'choice',
    name: 'language',
    description: (words) => words.command.language,
    choices: LANGUAGES,
    labelOf: (_words, name) => new Intl.DisplayNames([name], { type: 'language' }).of(name) ?? name,
  },
  {
    type: 'choice',
    name: 'template',
    description: (words) => words.command.template,
    choices: TEMPLATE_NAMES,
    labelOf: (words, name) => words.template[name] ?? name,
  },
  {
    type: 'choice',
    name: 'music',
    description: (words) => words.command.mood,
    choices: [...MOODS, NO_MUSIC],
    labelOf: (words, name) => (isMood(name) ? words.music(words.mood[name]) : words.noMusic),
    alsoOf: (words, name) => (isMood(name) ? words.mood[name] : name),
  },
]

/** Actions of `/draft account`; the first is the default. */
export const ACCOUNT_ACTS = ['list', 'link', 'unlink', 'default'] as const

/** Actions of `/draft token`; the first is the default. */
export const TOKEN_ACTS = ['list', 'create', 'revoke'] as const
/** What `/draft settings` can set; the first is the default. */
const SETTINGS_PARTS = ['general', 'webhook'] as const

export const COMMANDS: readonly CommandSpec[] = [
  { name: 'create', description: (words) => words.command.create, options: CREATE_OPTIONS },
  {
    name: 'list',
    description: (words) => words.command.list,
    options: [
      { type: 'text', name: 'words', description: (words) => words.command.words, maxLength: 100 },
      { type: 'person', name: 'person', description: (words) => words.command.person },
      {
        type: 'choice',
        name: 'status',
        description: (words) => words.command.status,
        choices: STATUSES,
        labelOf: (words, name) => (words.status as Record<string, string>)[name] ?? name,
        alsoOf: (words, name) => (words.statusTyped as Record<string, string>)[name] ?? name,
      },
    ],
  },
  { name: 'show', description: (words) => words.command.show, options: [draft(true)] },
  {
    name: 'delete',
    description: (words) => words.command.delete,
    options: [
      draft(true),
      { type: 'boolean', name: 'keep_files', description: (words) => words.command.keepFiles },
    ],
  },
  { name: 'history', description: (words) => words.command.history, options: [draft(true)] },
  { name: 'jobs', description: (words) => words.command.jobs, options: [draft(false)] },
  {
    name: 'settings',
    description: (words) => words.command.settings,
    options: [
      draft(false),
      {
        type: 'choice',
        name: 'part',
        description: (words) => words.command.part,
        choices: SETTINGS_PARTS,
        labelOf: (words, name) => (words.command.parts as Record<string, string>)[name] ?? name,
      },
    ],
  },
  {
    name: 'account',
    description: (words) => words.command.account,
    options: [
      {
        type: 'choice',
        name: 'do',
        description: (words) => words.command.accountDo,
        choices: ACCOUNT_ACTS,
        labelOf: (words, name) => (words.account.acts as Record<string, string>)[name] ?? name,
      },
      { type: 'text', name: 'name', description: (words) => words.command.accountName, maxLength: 100 },
    ],
  },
  { name: 'sessions', description: (words) => words.command.sessions, options: [] },
  {
    name: 'token',
    description: (words) => words.command.token,
    options: [
      {
        type: 'choice',
        name: 'do',
        description: (words) => words.command.tokenDo,
        choices: TOKEN_ACTS,
        labelOf: (words, name) => (words.token.acts as Record<string, string>)[name] ?? name,
      },
      { type: 'text', name: 'name', description: (words) => words.command.tokenName, maxLength: 60 },
      {
        type: 'choice',
        name: 'scope',
        description: (words) => words.command.tokenScope,
        choices: TOKEN_SCOPES,
        labelOf: (words, name) => (words.token.scopes as Record<string, string>)[name] ?? name,
        alsoOf: (_words, name) => name,
      },
    ],
  },
  { name: 'help', description: (words) => words.command.help, options: [] },
]

function isMood(name: string): name is Mood {
  return MOODS.some((mood) => mood === name)
}

/** The values a person gave with a command, by option name. */
export type CommandOptions = Record<string, string | number | boolean | undefined>
