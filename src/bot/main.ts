import type { Logger } from 'pino'
import { UserError } from '../core/errors.ts'
import { DatabaseError } from '../db/database.ts'
import { LockError } from '../jobs/lock.ts'
import { MetricsError } from '../jobs/metrics-server.ts'
import { compose, type Program } from './compose.ts'
import { loadSettings, type Settings, SettingsError } from './config.ts'
import { createLogger } from './logger.ts'
import { type Surface, SurfaceError } from './surface.ts'

/** Milliseconds that work which is nearly done gets when the program is told to stop. */
const GRACE = 4000
/** Milliseconds after which it ends whatever hangs. */
const LAST_MOMENT = 9000

/** `npm start`: the bot on every platform that is set up. */
async function main(): Promise<void> {
  const settings = loadSettings()
  const connect = surfacesOf(settings)
  if (connect.length === 0) {
    process.stderr.write(NOTHING_SET_UP)
    process.exitCode = 2
    return
  }
  const log = createLogger(settings)
  const program = await compose(settings, log)
  const surfaces: Surface[] = []
  stopOnSignals(program, surfaces, log)
  try {
    for (const start of connect) surfaces.push(await start(program))
  } catch (error) {
    await stopAll(program, surfaces)
    throw error
  }
  for (const { chat } of surfaces) program.threads.register(chat)
  await program.start()
  const { source, version } = program.core.ffmpeg
  process.stdout.write(`ffmpeg ${version} (${source})\n`)
  if (source === 'embedded')
    process.stdout.write(
      'This is the ffmpeg of 2018 that npm carries, for trying out. Install ffmpeg 5 or newer for daily use.\n',
    )
  for (const note of surfaces.flatMap(({ notes }) => notes)) process.stdout.write(`${note}\n`)
  process.stdout.write('Rushes is ready.\n')
}

const NOTHING_SET_UP = `Neither Discord nor Slack is set up.
Set DISCORD_TOKEN, or SLACK_BOT_TOKEN with SLACK_APP_TOKEN (or with SLACK_SIGNING_SECRET), in the environment or in .env (see README.md).
To try Rushes without either: npm run demo
`

type Connect = (program: Program) => Promise<Surface>

/** @throws SettingsError when a platform is set up by half. */
function surfacesOf(settings: Settings): Connect[] {
  const { DISCORD_TOKEN, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET } = settings
  const connect: Connect[] = []
  // Only the client that is used is loaded: each takes its second of CPU.
  if (DISCORD_TOKEN !== undefined)
    connect.push(async ({ bot }) => {
      const { startDiscord } = await import('./discord/start.ts')
      const discord = {
        token: DISCORD_TOKEN,
        guildId: settings.DISCORD_GUILD_ID,
        apiUrl: settings.DISCORD_API_URL,
      }
      return startDiscord(discord, bot, bot.log)
    })
  if (SLACK_BOT_TOKEN === undefined) {
    if (SLACK_APP_TOKEN !== undefined)
      throw new SettingsError('SLACK_BOT_TOKEN is missing: SLACK_APP_TOKEN needs it.')
    return connect
  }
  if (SLACK_APP_TOKEN === undefined && SLACK_SIGNING_SECRET === undefined)
    throw new SettingsError(
      'SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing: SLACK_BOT_TOKEN needs one of them.',
    )
  connect.push(async ({ bot }) => {
    const { startSlack } = await import('./slack/start.ts')
    const slack = {
      botToken: SLACK_BOT_TOKEN,
      appToken: SLACK_APP_TOKEN,
      signingSecret: SLACK_SIGNING_SECRET,
      port: settings.PORT,
      apiUrl: settings.SLACK_API_URL,
    }
    return startSlack(slack, bot, bot.log)
  })
  return connect
}

function stopOnSignals(program: Program, surfaces: Surface[], log: Logger): void {
  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(0), LAST_MOMENT).unref()
    stopAll(program, surfaces).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the stop was not clean')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
}

/** New work is refused first, then what is at work ends, then the connections it may need to say so. */
async function stopAll(program: Program, surfaces: Surface[]): Promise<void> {
  await program.stop(GRACE)
  await Promise.allSettled(surfaces.map((surface) => surface.stop()))
}

main().catch((error: unknown) => {
  const isExpected =
    error instanceof SettingsError ||
    error instanceof DatabaseError ||
    error instanceof LockError ||
    error instanceof MetricsError ||
    error instanceof SurfaceError ||
    error instanceof UserError
  process.stderr.write(
    `${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exit(isExpected ? 2 : 1)
})
