import path from 'node:path'
import { restoreBackup } from '../../../core/records/backup/restore.ts'
import { lockFolder } from '../../../jobs/lock.ts'
import { databaseFile, loadSettings } from '../config.ts'
import { stopSignal } from '../stop-signal.ts'
import { countOf, readArguments, refuse, runTool, say, ToolError } from './tool.ts'

const USAGE = 'npm run restore -- FILE [--force]'

/** `npm run restore`: restores a backup written by `npm run backup`. The bot must not be running. */
async function main(): Promise<void> {
  const asked = readArguments(USAGE, { force: { type: 'boolean' } })
  if (!asked) return
  const [archive, ...more] = asked.positionals
  if (!archive || more.length > 0) refuse(USAGE, 'Name one file.')
  const settings = loadSettings()
  const root = path.resolve(settings.DATA_DIR)
  const lock = lockFolder(root, 'npm run restore')
  const signal = stopSignal()
  try {
    const options = { root, archive, force: asked.values.force ?? false, signal }
    const { createdAt, files, missing } = await restoreBackup({
      ...{ ...options, database: databaseFile(settings) },
    }).catch((error: unknown) => {
      throw signal.aborted ? new ToolError('Stopped. Nothing was restored.') : error
    })
    say(
      `Restored the backup from ${createdAt} with ${countOf(files.length, 'file')} to ${root}. You can start the bot now.`,
    )
    if (missing.length > 0)
      say(
        `The backup does not contain ${countOf(missing.length, 'file')} that could not be found when it was made. Rushes will make what is missing again when a draft needs it.`,
      )
  } finally {
    lock.release()
  }
}

await runTool(main)
