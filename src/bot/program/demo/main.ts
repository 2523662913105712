import { UserError } from '../../../core/model/errors.ts'
import { SettingsError } from '../config.ts'
import { keepFilesPrivate } from '../private-files.ts'
import { demoArguments, USAGE } from './arguments.ts'
import { DemoFailed, UsageError } from './errors.ts'

/** `npm run demo`. Exit code 2: the command line or a setting is wrong; 1: the demo did not get to its end. */
async function main(): Promise<void> {
  const umask = keepFilesPrivate()
  const args = demoArguments(process.argv.slice(2))
  if (args.help) return console.log(USAGE)
  // The program takes a while to load; what is wrong with the command line is said before.
  const { playDemo } = await import('./play.ts')
  await playDemo(args, umask)
}

main().catch((error: unknown) => {
  const isBadInput =
    error instanceof UserError || error instanceof UsageError || error instanceof SettingsError
  const isExpected = isBadInput || error instanceof DemoFailed
  console.error(isExpected ? error.message : error)
  process.exitCode = isBadInput ? 2 : 1
})
