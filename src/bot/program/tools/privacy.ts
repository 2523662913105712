import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import SqliteFile from 'better-sqlite3'
import { LocalStore } from '../../../core/media/store/local-store.ts'
import { isDiskFull } from '../../../core/model/failure.ts'
import { type Erased, erasePerson } from '../../../core/records/person/erase.ts'
import { exportPerson, isEmpty, type PersonExport } from '../../../core/records/person/export.ts'
import { nameOfPerson, type Person, parsePerson } from '../../../core/records/person/person.ts'
import { openDatabase } from '../../../db/database.ts'
import { lockFolder } from '../../../jobs/lock.ts'
import { databaseFile, loadSettings, type Settings } from '../config.ts'
import { createLogger } from '../logger.ts'
import { readArguments, refuse, runTool, say, ToolError } from './tool.ts'
import { writeWhole } from './write-file.ts'

const USAGE = `npm run privacy -- export --person discord:123|slack:U123|slack:T123/U123 [--out FILE [--force]]
npm run privacy -- erase --person discord:123|slack:U123|slack:T123/U123 [--dry-run] [--keep-drafts]`

/** `npm run privacy`: exports or erases the data stored about a person. */
async function main(): Promise<void> {
  const asked = readArguments(USAGE, {
    person: { type: 'string' },
    out: { type: 'string' },
    force: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    'keep-drafts': { type: 'boolean' },
  })
  if (!asked) return
  const { person: typed, out, force = false, 'dry-run': dryRun, 'keep-drafts': keepDrafts } = asked.values
  const [verb, ...more] = asked.positionals
  if (typed === undefined || more.length > 0)
    refuse(USAGE, 'Say export or erase, and name a person with --person.')
  const person =
    parsePerson(typed) ??
    refuse(USAGE, `“${typed}” is not a person. Use a form such as discord:123 or slack:U123.`)
  if (verb === 'export' && dryRun === undefined && keepDrafts === undefined)
    return give(person, out ?? null, force)
  if (verb === 'erase' && out === undefined && !force)
    return remove(person, dryRun ?? false, keepDrafts ?? false)
  refuse(USAGE, 'Say export or erase, with the options that go with it.')
}

async function give(person: Person, out: string | null, force: boolean): Promise<void> {
  const document = JSON.stringify(await keptOf(loadSettings(), person), null, 2)
  if (out === null) return say(document)
  await writeWhole(out, { force }, (file) => writeFile(file, `${document}\n`, { mode: 0o600, flush: true }))
  say(`Saved everything stored about ${nameOfPerson(person)} to ${out}.`)
}

async function remove(person: Person, dryRun: boolean, keepDrafts: boolean): Promise<void> {
  const settings = loadSettings()
  const name = nameOfPerson(person)
  if (dryRun) return print(await keptOf(settings, person), keepDrafts)
  if (!existsSync(databaseFile(settings))) return say(`Nothing is stored about ${name}.`)
  // Running work has names in memory and would save them again.
  const lock = lockFolder(settings.DATA_DIR, 'npm run privacy')
  try {
    const { drafts, rows } = await erase(settings, person, keepDrafts)
    wipe(databaseFile(settings))
    if (drafts + rows === 0) return say(`Nothing is stored about ${name}.`)
    say(`Drafts by ${name} that were deleted: ${drafts}`)
    say(`Database rows that were deleted or made anonymous: ${rows}`)
    if (drafts > 0)
      say(
        'The bot will clean up their threads when it next starts. What it has posted in channels stays there.',
      )
  } finally {
    lock.release()
  }
}

async function erase(settings: Settings, person: Person, keepDrafts: boolean): Promise<Erased> {
  // It takes a while to load, and usage errors should be reported immediately.
  const { compose } = await import('../compose.ts')
  const quiet = { ...settings, METRICS_PORT: undefined }
  const log = createLogger({ LOG_LEVEL: settings.LOG_LEVEL === 'silent' ? 'silent' : 'warn' })
  const program = await compose(quiet, log, { locksFolder: false })
  try {
    return await erasePerson(program.core, person, { keepDrafts })
  } finally {
    await program.stop()
  }
}

/**
 * Rewrites the database without its free pages, which may still contain text deleted by an older version of Rushes. Nobody
 * else has it open.
 */
function wipe(file: string): void {
  const database = new SqliteFile(file)
  try {
    database.pragma('secure_delete = on')
    database.exec('vacuum')
    database.pragma('wal_checkpoint(truncate)')
  } catch (cause) {
    if (!isDiskFull(cause)) throw cause
    throw new ToolError(
      'The rows are erased, but the disk is too full to rewrite the database without their traces. Free up some space and run this again.',
      { cause },
    )
  } finally {
    database.close()
  }
}

async function keptOf(settings: Settings, person: Person): Promise<PersonExport> {
  const now = new Date()
  const file = databaseFile(settings)
  if (!existsSync(file))
    return {
      ...{ person: nameOfPerson(person), exportedAt: now.toISOString() },
      ...{ names: [], drafts: [], elsewhere: {}, files: [] },
    }
  const db = await openDatabase(file, { migrate: false })
  try {
    return await exportPerson(db, new LocalStore(settings.DATA_DIR), person, now)
  } finally {
    await db.close()
  }
}

function print(kept: PersonExport, keepDrafts: boolean): void {
  if (isEmpty(kept)) {
    say(`Nothing is stored about ${kept.person}.`)
    return
  }
  const ids = kept.drafts.map(({ draft_id }) => String(draft_id))
  const fate = keepDrafts ? 'Drafts that would be kept, without this name' : 'Drafts that would be deleted'
  say(`${fate}: ${ids.length === 0 ? 'none' : ids.join(', ')}`)
  if (keepDrafts) say('Drafts from their direct messages with the bot would still be deleted.')
  else say(`Files that would be deleted unless another draft uses them: ${kept.files.length}`)
  for (const [table, rows] of Object.entries(kept.elsewhere))
    say(`Rows in ${table} that would be deleted or made anonymous: ${rows.length}`)
}

await runTool(main)
