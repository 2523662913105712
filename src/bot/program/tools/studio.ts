import { existsSync } from 'node:fs'
import { openDatabase } from '../../../db/database.ts'
import { localOrigin } from '../../surfaces/web/origins.ts'
import { databaseFile, loadSettings } from '../config.ts'
import { localLink } from '../local-link.ts'
import { servedAt } from '../served-at.ts'
import { readArguments, refuse, runTool, say, ToolError } from './tool.ts'

const USAGE = 'npm run studio'

/** `npm run studio`: prints another link that signs in the person at this machine, while Rushes is running. */
async function main(): Promise<void> {
  const asked = readArguments(USAGE, {})
  if (!asked) return
  if (asked.positionals.length > 0) refuse(USAGE, `“${asked.positionals[0]}” is not an option.`)
  const settings = loadSettings()
  const file = databaseFile(settings)
  if (!existsSync(file)) throw new ToolError('Rushes has not been started here yet. Start it with: npm start')
  const db = await openDatabase(file, { migrate: false })
  try {
    const origin = (await servedAt(db)) ?? settings.WEB_URL ?? localOrigin(settings.HOST, settings.PORT)
    say(await localLink({ db, clock: () => new Date() }, origin))
    say('It signs you in once, within 10 minutes, while Rushes is running.')
  } finally {
    await db.close()
  }
}

await runTool(main)
