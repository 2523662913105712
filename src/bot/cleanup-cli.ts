import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Freed } from '../core/assets/evict.ts'
import { AssetStore } from '../core/assets/store.ts'
import { DraftEvents } from '../core/events.ts'
import { DatabaseError, openDatabase } from '../db/database.ts'
import { type CleanupReport, cleanUp, freedBytes, recordCleanup } from '../jobs/cleanup.ts'
import { cleanupLimits } from './compose.ts'
import { databaseFile, loadSettings, SettingsError } from './config.ts'
import { createLogger } from './logger.ts'

const USAGE = 'npm run cleanup [-- --dry-run]'

/**
 * `npm run cleanup`: what the bot does by CLEANUP_CRON, at once, but for drafts. The bot may be running or be started
 * meanwhile, so nothing is locked and nothing removed that it may be using.
 */
async function main(): Promise<void> {
  const dryRun = readArguments()
  const settings = loadSettings()
  const file = databaseFile(settings)
  if (!existsSync(file)) return say(`There is nothing to clean: ${file} does not exist.`)
  const db = await openDatabase(file, { migrate: false })
  try {
    const report = await cleanUp({
      db,
      store: new AssetStore(settings.DATA_DIR),
      events: new DraftEvents(),
      // What there is to say is printed below.
      log: createLogger({ LOG_LEVEL: 'silent' }),
      clock: () => new Date(),
      limits: cleanupLimits(settings),
      jobs: null,
      dryRun,
    })
    if (!dryRun) await recordCleanup(db, report, new Date())
    print(report, dryRun)
  } finally {
    await db.close()
  }
}

function readArguments(): boolean {
  try {
    const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean' } } })
    return values['dry-run'] ?? false
  } catch (cause) {
    throw new SettingsError(`Allowed: ${USAGE}`, { cause })
  }
}

function print(report: CleanupReport, dryRun: boolean): void {
  const verb = dryRun ? 'would be' : 'were'
  const files = ({ files, bytes }: Freed) => `${files} (${megabytes(bytes)})`
  say(
    'This does not touch drafts or anything that the bot may be using. The bot cleans up unused drafts itself.',
  )
  say(`Old videos that ${verb} deleted: ${files(report.videos)}`)
  say(`Files that no draft uses and that ${verb} deleted: ${files(report.unused)}`)
  say(`Cached files that ${verb} deleted: ${files(report.caches)}`)
  say(`Unfinished files that ${verb} deleted: ${files(report.leftovers)}`)
  say(`Outdated database rows that ${verb} deleted: ${report.rows}`)
  say(`${dryRun ? 'Would free' : 'Freed'} ${megabytes(freedBytes(report))}.`)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

main().catch((error: unknown) => {
  const isExpected = error instanceof SettingsError || error instanceof DatabaseError
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : error}\n`)
  process.exitCode = isExpected ? 2 : 1
})
