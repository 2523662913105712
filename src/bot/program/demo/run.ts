import { UserError } from '../../../core/model/errors.ts'
import { SettingsError } from '../config.ts'
import { demoArguments, USAGE } from './arguments.ts'
import { DemoFailed, UsageError } from './errors.ts'

/**
 * Runs `npm run demo` with these arguments.
 * @param umask for a video requested with `--out`.
 * @param output where the help and one-line errors are printed; the demo itself prints to standard output.
 * @returns the exit code: 2 if the command line or a setting is invalid, 1 if the demo didn't finish.
 */
export async function runDemo(
  argv: string[],
  umask: number,
  output: Pick<Console, 'log' | 'error'>,
): Promise<0 | 1 | 2> {
  try {
    const args = demoArguments(argv)
    if (args.help) {
      output.log(USAGE)
      return 0
    }
    // The program takes a while to load, so command-line errors are reported first.
    const { playDemo } = await import('./play.ts')
    await playDemo(args, umask)
    return 0
  } catch (error) {
    const isBadInput =
      error instanceof UserError || error instanceof UsageError || error instanceof SettingsError
    const isExpected = isBadInput || error instanceof DemoFailed
    output.error(isExpected ? error.message : error)
    return isBadInput ? 2 : 1
  }
}
