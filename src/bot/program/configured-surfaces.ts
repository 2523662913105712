import type { StartSurface } from '../surfaces/surface.ts'
import type { HttpHost } from '../surfaces/web/http.ts'
import { type Settings, SettingsError } from './config.ts'

/** Whether Slack sends its events to HOST and PORT; otherwise Rushes fetches them over Socket Mode. */
export function takesEvents({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN }: Settings): boolean {
  return SLACK_BOT_TOKEN !== undefined && SLACK_APP_TOKEN === undefined
}

/**
 * The connectors of the configured platforms.
 * @param http the server on HOST and PORT, for platforms that send their events there.
 * @throws SettingsError if one is only partly set up.
 */
export function configuredSurfaces(settings: Settings, http: HttpHost | null = null): StartSurface[] {
  const { DISCORD_TOKEN, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET } = settings
  const platforms: StartSurface[] = []
  // Only the clients that are used are loaded: each takes a second of CPU time.
  if (DISCORD_TOKEN !== undefined)
    platforms.push(async (bot) => {
      const { startDiscord } = await import('../surfaces/discord/start.ts')
      const discord = {
        token: DISCORD_TOKEN,
        guildId: settings.DISCORD_GUILD_ID,
        apiUrl: settings.DISCORD_API_URL,
      }
      return startDiscord(discord, bot, bot.log)
    })
  if (SLACK_BOT_TOKEN === undefined) {
    if (SLACK_APP_TOKEN !== undefined)
      throw new SettingsError('SLACK_BOT_TOKEN is missing. SLACK_APP_TOKEN needs it.')
    return platforms
  }
  if (SLACK_APP_TOKEN === undefined && SLACK_SIGNING_SECRET === undefined)
    throw new SettingsError(
      'Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) too: SLACK_BOT_TOKEN needs one of them.',
    )
  platforms.push(async (bot) => {
    const { startSlack } = await import('../surfaces/slack/start.ts')
    const slack = {
      botToken: SLACK_BOT_TOKEN,
      appToken: SLACK_APP_TOKEN,
      signingSecret: SLACK_SIGNING_SECRET,
      http,
      port: settings.PORT,
      host: settings.HOST,
      apiUrl: settings.SLACK_API_URL,
    }
    return startSlack(slack, bot, bot.log)
  })
  return platforms
}
