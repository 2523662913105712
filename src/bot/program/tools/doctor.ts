import { loadSettings, SettingsError } from '../config.ts'
import { keepFilesPrivate } from '../private-files.ts'
import { checkAll } from './checks.ts'

/** `npm run doctor`: checks everything that is set up, one line each; exit code 1 if something is wrong. */
async function main(): Promise<void> {
  keepFilesPrivate()
  const isWell = await checkAll(loadSettings(), '.env', (line) => process.stdout.write(`${line}\n`))
  if (!isWell) process.exitCode = 1
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof SettingsError ? error.message : error instanceof Error ? error.stack : error}\n`,
  )
  process.exitCode = 2
})
