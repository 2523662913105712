import { UserError } from '../../core/model/errors.ts'
import { storageTrouble } from '../../core/model/failure.ts'
import { DatabaseError } from '../../db/database.ts'
import { LostError } from '../../db/watch.ts'
import { LockError } from '../../jobs/lock.ts'
import { type StartSurface, SurfaceError, UnreachableError } from '../surfaces/surface.ts'
import { startWeb } from '../surfaces/web/start.ts'
import { compose, type Program } from './compose.ts'
import { loadSettings, SettingsError } from './config.ts'
import { configuredSurfaces, takesEvents } from './configured-surfaces.ts'
import { aborted } from './connected-surfaces.ts'
import { ABOUT_LINK, localLink } from './local-link.ts'
import { createLogger } from './logger.ts'
import { MetricsError } from './metrics/server.ts'
import { rehearse } from './rehearse.ts'
import { noteServedAt } from './served-at.ts'
import { openWebAddress, type WebAddress } from './web-address.ts'

/** Milliseconds that running work is given to finish when the program stops. */
const GRACE = 3500

/**
 * Runs the bot on every configured platform and in the studio, until it is stopped.
 * @returns the exit code: 0 after a stop at any time; 2 if it is misconfigured; 3 if the database, its disk or a platform
 * is currently unavailable, so a supervisor should restart the program; 1 for an internal error.
 */
export async function run(stop: AbortSignal): Promise<number> {
  try {
    const settings = loadSettings()
    const besides = { hasChats: configuredSurfaces(settings).length > 0, takesEvents: takesEvents(settings) }
    const log = createLogger(settings)
    stop.addEventListener('abort', () => log.info({ signal: stop.reason }, 'stopping'), { once: true })
    // Before anything else: a port that is in use should be reported immediately.
    const web = await openWebAddress(settings, besides, (error) =>
      log.warn({ err: error }, 'what listens on PORT failed'),
    )
    try {
      const program = await compose(settings, log)
      try {
        const { lost } = program.core.db
        lost.addEventListener('abort', () => endInAnyCase(lost.reason), { once: true })
        const platforms = configuredSurfaces(settings, web.http)
        await begin(program, web, platforms, AbortSignal.any([stop, lost]))
        await Promise.race([aborted(stop), aborted(lost)])
        lost.throwIfAborted()
      } finally {
        await program.stop(GRACE)
      }
    } finally {
      await web.http?.close()
    }
    return 0
  } catch (error) {
    if (stop.aborted) return 0
    process.stderr.write(`${lineFor(error)}\n`)
    if (mayPass(error)) return UNUSABLE
    return isExpected(error) ? 2 : 1
  }
}

/** The exit code if the database or disk is gone, or a platform can't be reached. */
const UNUSABLE = 3
/** The maximum duration of a stop without a database, in milliseconds. */
const LAST_MOMENT = 9000

/** Work that waits for the database or the disk indefinitely must not keep a supervisor from restarting the program. */
function endInAnyCase(reason: unknown): void {
  setTimeout(() => {
    process.stderr.write(`${lineFor(reason)}\n`)
    process.exit(UNUSABLE)
  }, LAST_MOMENT).unref()
}

/** @throws the signal's reason if the program is stopped in the meantime. */
async function begin(
  program: Program,
  { http, origin, note }: WebAddress,
  platforms: StartSurface[],
  stop: AbortSignal,
): Promise<void> {
  // Platforms are connected once everything is ready for the first request.
  await Promise.race([rehearse(program.core, stop), aborted(stop)])
  stop.throwIfAborted()
  const isLocal = platforms.length === 0
  for (const start of platforms) await program.connect(start, stop)
  if (http && origin !== null) await program.connect((bot) => startWeb(http, bot, { origin, isLocal }), stop)
  await program.start()
  await noteServedAt(program.core.db, origin)
  stop.throwIfAborted()
  const { source, version } = program.core.ffmpeg
  say(`ffmpeg ${version} (${source})`)
  if (source === 'embedded')
    say(
      'This is the ffmpeg from 2018 that comes with the npm package. It is fine for trying Rushes out; install ffmpeg 5 or newer for daily use.',
    )
  for (const each of [...program.notes(), ...(note === null ? [] : [note])]) say(each)
  say('Rushes is ready.')
  if (!isLocal || origin === null) return
  say(`Open the studio: ${await localLink(program.core, origin)}`)
  say(ABOUT_LINK)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function lineFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const trouble = storageTrouble(error)
  // The database's own reason is more useful to the person who starts the program.
  if (trouble && !isExpected(error)) return `${trouble.message} (${error.message.split('\n')[0]})`
  return isExpected(error) ? error.message : (error.stack ?? error.message)
}

/**
 * True for errors that a restart may not encounter again, because there is space or a network again, or the other program
 * has ended.
 */
function mayPass(error: unknown): boolean {
  const code = storageTrouble(error)?.code
  if (error instanceof LostError || error instanceof UnreachableError) return true
  return ['disk_full', 'database_busy', 'database_failed'].includes(code ?? '')
}

function isExpected(error: unknown): boolean {
  return (
    error instanceof SettingsError ||
    error instanceof DatabaseError ||
    error instanceof LostError ||
    error instanceof LockError ||
    error instanceof MetricsError ||
    error instanceof SurfaceError ||
    error instanceof UserError
  )
}
