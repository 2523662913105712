import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Freed } from '../core/assets/evict.ts'
import { AssetStore } from '../core/assets/store.ts'
import { DraftEvents } from '../core/events.ts'
import { DatabaseError, openDatabase } from '../db/database.ts'
import { type Cleaning, type CleanupReport, cleanUp, freedBytes, recordCleanup } from '../jobs/cleanup.ts'
import { type FolderLock, LockError, lockFolder } from '../jobs/lock.ts'
import { cleanupLimits } from './compose.ts'
import { databaseFile, loadSettings, SettingsError } from './config.ts'
import { createLogger } from './logger.ts'

const USAGE = 'npm run cleanup [-- --dry-run]'

/** `npm run cleanup`: what the bot does by CLEANUP_CRON, at once; also while the bot runs. */
async function main(): Promise<void> {
  const dryRun = readArguments()
  const settings = loadSettings()
  const file = databaseFile(settings)
  if (!existsSync(file)) return say(`There is nothing to clean: ${file} does not exist.`)
  const lock = takeFolder(settings.DATA_DIR)
  try {
    const db = await openDatabase(file)
    const cleaning: Cleaning = {
      db,
      store: new AssetStore(settings.DATA_DIR),
      events: new DraftEvents(),
      // What there is to say is printed below.
      log: createLogger({ LOG_LEVEL: 'silent' }),
      clock: () => new Date(),
      limits: cleanupLimits(settings),
      as: { role: lock ? 'alone' : 'beside' },
      dryRun,
    }
    try {
      const report = await cleanUp(cleaning)
      if (!dryRun) await recordCleanup(db, report, new Date())
      print(report, dryRun, lock === null)
    } finally {
      await db.close()
    }
  } finally {
    lock?.release()
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

/** Null when the bot runs: then only what is safe beside it is cleaned. */
function takeFolder(folder: string): FolderLock | null {
  try {
    return lockFolder(folder, USAGE)
  } catch (error) {
    if (error instanceof LockError && error.isHeld) return null
    throw error
  }
}

function print(report: CleanupReport, dryRun: boolean, isBeside: boolean): void {
  const verb = dryRun ? 'would be' : 'were'
  const files = ({ files, bytes }: Freed) => `${files} (${megabytes(bytes)})`
  if (isBeside)
    say('The bot is running. Unused drafts are left to it, and so is what was used within the last hour.')
  else {
    say(`Unused drafts that ${verb} removed: ${report.drafts}`)
    say(`Threads that ${verb} told so a day ahead: ${report.announced}`)
  }
  say(`Old videos that ${verb} removed: ${files(report.videos)}`)
  say(`Files without an owner that ${verb} removed: ${files(report.unused)}`)
  say(`Files of the caches that ${verb} removed: ${files(report.caches)}`)
  say(`Half-done files that ${verb} removed: ${files(report.leftovers)}`)
  say(`Outdated rows that ${verb} removed: ${report.rows}`)
  say(`${dryRun ? 'Would free' : 'Freed'} ${megabytes(freedBytes(report))}.`)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

main().catch((error: unknown) => {
  const isExpected =
    error instanceof SettingsError || error instanceof DatabaseError || error instanceof LockError
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : error}\n`)
  process.exitCode = isExpected ? 2 : 1
})
