import { COMMANDS, type OptionSpec } from '../../handlers/commands.ts'
import { shorten } from '../../view/shorten.ts'
import { wordsFor } from '../../words/index.ts'
import { SLACK_LIMITS } from './limits.ts'

/** The one command; what follows it is read by the same specs that Discord's are made from. */
export const COMMAND = '/draft'
/** The callback id of the message shortcut. */
export const SHORTCUT = 'draft_from_message'

/** Every permission that is used, and what for. */
export const SCOPES = {
  /** `/draft` and the message shortcut. */
  commands: 'bot',
  /** Messages, their edits, and answers to one person. */
  'chat:write': 'bot',
  /** Pictures, clips and videos. */
  'files:write': 'bot',
  /** The logo that somebody sends with the settings. */
  'files:read': 'bot',
  /** Names, languages, and who is an admin. */
  'users:read': 'bot',
  /** Which of the bot's own messages are still there, and whether one arrived whose answer got lost. */
  'channels:history': 'bot',
  'groups:history': 'bot',
  'im:history': 'bot',
  'mpim:history': 'bot',
  /** Who is in a conversation, and so may see and change its drafts. */
  'channels:read': 'bot',
  'groups:read': 'bot',
  'im:read': 'bot',
  'mpim:read': 'bot',
  /** Messages that mention the bot, and no others. */
  'app_mentions:read': 'bot',
  /** The sign on such a message that it was taken. */
  'reactions:write': 'bot',
  /** User groups, and who is in the one whose approvals a render needs. */
  'usergroups:read': 'bot',
} as const

/** What Slack tells of besides commands, buttons and forms. */
export const EVENTS = ['app_mention'] as const

/** A sentence about the permissions that the app was not installed with; null when all are there, or nothing is known. */
export function missingScopes(granted: string[] | undefined): string | null {
  const missing = Object.keys(SCOPES).filter((scope) => granted?.includes(scope) === false)
  if (missing.length === 0) return null
  return `the app is missing scopes: ${missing.join(', ')}. Update it with the manifest from npm run slack:manifest and reinstall it.`
}

/**
 * The app manifest (https://docs.slack.dev/reference/app-manifest), made from the command specs. With the public address
 * of the bot the app talks HTTP to it; without one it uses Socket Mode.
 */
export function slackManifest(address?: string) {
  const words = wordsFor('en')
  const endpoint = address === undefined ? undefined : new URL('/slack/events', address).href
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: 'Rushes',
      description: words.command.draft,
      background_color: '#20242b',
    },
    features: {
      // `/draft` can be used in the messages with the bot itself too.
      app_home: {
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: 'rushes', always_online: true },
      slash_commands: [
        {
          command: COMMAND,
          description: words.command.draft,
          usage_hint: usage(),
          should_escape: false,
          ...(endpoint !== undefined && { url: endpoint }),
        },
      ],
      shortcuts: [
        {
          type: 'message',
          name: shorten(words.command.shortcut, SLACK_LIMITS.shortcutName.max),
          callback_id: SHORTCUT,
          description: words.command.create,
        },
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: {
        bot_events: [...EVENTS],
        ...(endpoint !== undefined && { request_url: endpoint }),
      },
      interactivity: { is_enabled: true, ...(endpoint !== undefined && { request_url: endpoint }) },
      org_deploy_enabled: false,
      socket_mode_enabled: endpoint === undefined,
      token_rotation_enabled: false,
    },
  }
}

function usage(): string {
  const [create, ...others] = COMMANDS
  const options = create?.options.map(usageOf).join(' ') ?? ''
  return `${create?.name} ${options} | ${others.map(({ name }) => name).join(' | ')}`
}

function usageOf(option: OptionSpec, index: number): string {
  if (index === 0) return `[${option.name}]`
  switch (option.type) {
    case 'duration':
      return `${option.name}:90s`
    case 'choice':
      return `${option.name}:${option.choices[0] ?? ''}`
    default:
      return `${option.name}:"…"`
  }
}
