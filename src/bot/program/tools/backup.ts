import { existsSync } from 'node:fs'
import path from 'node:path'
import { makeBackup } from '../../../core/records/backup/backup.ts'
import { refuseNewerFile } from '../../../db/database.ts'
import { databaseFile, loadSettings } from '../config.ts'
import { stopSignal } from '../stop-signal.ts'
import { countOf, readArguments, refuse, runTool, say, ToolError } from './tool.ts'
import { writeWhole } from './write-file.ts'

const USAGE = 'npm run backup -- FILE [--force]'

/** `npm run backup`: writes everything drafts need into one file. The bot may be running. */
async function main(): Promise<void> {
  const asked = readArguments(USAGE, { force: { type: 'boolean' } })
  if (!asked) return
  const [file, ...more] = asked.positionals
  if (!file || more.length > 0) refuse(USAGE, 'Name one file.')
  const settings = loadSettings()
  const database = databaseFile(settings)
  if (!existsSync(database)) throw new ToolError(`There is nothing to back up: ${database} does not exist.`)
  await refuseNewerFile(database)
  const signal = stopSignal()
  const root = path.resolve(settings.DATA_DIR)
  await writeWhole(file, { force: asked.values.force ?? false }, async (archive) => {
    const scratch = path.dirname(archive)
    const { files, bytes, missing } = await makeBackup({
      ...{ root, database, archive, scratch, now: new Date(), signal },
    }).catch((error: unknown) => {
      throw signal.aborted ? new ToolError('Stopped. No backup was written.') : error
    })
    const megabytes = (bytes / 1024 ** 2).toFixed(1)
    say(
      `Wrote a backup to ${file}: the database and ${countOf(files, 'file')} that drafts need (${megabytes} MB).`,
    )
    if (missing.length > 0)
      say(
        `${countOf(missing.length, 'needed file')} could not be found. Rushes will make what is missing again when a draft needs it.`,
      )
    say(
      'The backup does not include your settings and keys (.env, credentials.key, webhook.key), MEDIA_DIR or MUSIC_DIR. The access to linked channels is in it, encrypted with credentials.key.',
    )
  })
}

await runTool(main)
