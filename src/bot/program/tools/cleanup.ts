import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type DueDraft, dueDrafts } from '../../../core/draft/expire.ts'
import type { Freed } from '../../../core/media/store/evict.ts'
import { LocalStore } from '../../../core/media/store/local-store.ts'
import { type CleanupReport, cleanUp, freedBytes, recordCleanup } from '../../../core/pipeline/cleanup.ts'
import { type Database, openDatabase } from '../../../db/database.ts'
import { databaseFile, loadSettings, SettingsError } from '../config.ts'
import { cleanupLimits } from '../limits.ts'
import { LocalEvents } from '../local/events.ts'
import { createLogger } from '../logger.ts'
import { runTool, say } from './tool.ts'

const USAGE = 'npm run cleanup [-- --dry-run]'

/**
 * `npm run cleanup`: does immediately what the bot does by CLEANUP_CRON, except for drafts. The bot may be running or be
 * started during this, so nothing is locked, and nothing is removed that it may be using.
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
      store: new LocalStore(settings.DATA_DIR),
      events: new LocalEvents(),
      // The results are printed below.
      log: createLogger({ LOG_LEVEL: 'silent' }),
      clock: () => new Date(),
      limits: cleanupLimits(settings),
      jobs: null,
      dryRun,
    })
    if (!dryRun) await recordCleanup(db, report, new Date())
    say(
      'This does not touch drafts or anything that the bot may be using. The bot deletes unused drafts itself.',
    )
    if (dryRun) await printDue(db, settings.DRAFT_TTL_DAYS)
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
  say(`Old videos that ${verb} deleted: ${files(report.videos)}`)
  say(`Files that no draft uses and that ${verb} deleted: ${files(report.unused)}`)
  say(`Cached files that ${verb} deleted: ${files(report.caches)}`)
  say(`Outdated search results from stock sites that ${verb} deleted: ${files(report.outdated)}`)
  say(`Unfinished files that ${verb} deleted: ${files(report.leftovers)}`)
  say(`Outdated database rows that ${verb} deleted: ${report.rows}`)
  if (report.foreign.length > 0)
    say(
      `Files and folders that do not belong to Rushes (left alone): ${report.foreign.map(printable).join(', ')}`,
    )
  say(`${dryRun ? 'Would free' : 'Freed'} ${megabytes(freedBytes(report))}.`)
}

/** The drafts that are due, one per line. */
async function printDue(db: Database, ttlDays: number): Promise<void> {
  const { expired, noticed } = await dueDrafts(db, { now: new Date(), ttlDays })
  const list = (what: string, drafts: DueDraft[]) => {
    say(`${what}: ${drafts.length}`)
    for (const { draftId, title, updatedAt } of drafts)
      say(`  ${draftId}  last edited ${updatedAt.toISOString().slice(0, 10)}  “${printable(title)}”`)
  }
  list(`Drafts that the bot would delete because nobody has edited them for ${days(ttlDays)}`, expired)
  list('Drafts that the bot would announce in their threads as due to be deleted in a day', noticed)
}

function days(count: number): string {
  return count === 1 ? 'a day' : `${count} days`
}

/** People's texts must not control the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`
}

await runTool(main)
