import { COMMANDS, type OptionSpec } from '../../handlers/commands.ts'
import { shorten } from '../../view/shorten.ts'
import { wordsFor } from '../../words/index.ts'
import { SLACK_LIMITS } from './limits.ts'

/** The only command; its arguments are parsed with the same specs from which Discord's commands are built. */
export const COMMAND = '/draft'
/** The message shortcut's callback id. */
export const SHORTCUT = 'draft_from_message'

/** Every permission that Rushes uses, and its purpose. */
export const SCOPES = {
  /** `/draft` and the message shortcut. */
  commands: 'bot',
  /** Messages, edits and private responses. */
  'chat:write': 'bot',
  /** Pictures, clips and videos. */
  'files:write': 'bot',
  /** The logo uploaded in the settings. */
  'files:read': 'bot',
  /** Names, languages, and who is an admin. */
  'users:read': 'bot',
  /** Which of the bot's own messages still exist, and whether one whose response got lost has arrived. */
  'channels:history': 'bot',
  'groups:history': 'bot',
  'im:history': 'bot',
  'mpim:history': 'bot',
  /** Who is in a conversation and may therefore see and change its drafts. */
  'channels:read': 'bot',
  'groups:read': 'bot',
  'im:read': 'bot',
  'mpim:read': 'bot',
  /** Only messages that mention the bot. */
  'app_mentions:read': 'bot',
  /** The reaction on such a message that shows it was accepted. */
  'reactions:write': 'bot',
  /** User groups, and who is in the one whose approvals a render needs. */
  'usergroups:read': 'bot',
} as const

/** Events sent by Slack besides commands, buttons and forms. */
export const EVENTS = ['app_mention'] as const

/** A sentence about permissions missing from the installed app; null if it has them all, or nothing is known. */
export function missingScopes(granted: string[] | undefined): string | null {
  const missing = Object.keys(SCOPES).filter((scope) => granted?.includes(scope) === false)
  if (missing.length === 0) return null
  return `the app is missing scopes: ${missing.join(', ')}. Update it with the manifest from npm run slack:manifest and reinstall it.`
}

/**
 * The app manifest (https://docs.slack.dev/reference/app-manifest), built from the command specs. With the bot's public
 * address, the app uses HTTP; without one, Socket Mode.
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
      // `/draft` also works in direct messages with the bot.
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
