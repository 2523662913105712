import { UserError } from '../../../core/model/errors.ts'
import { SettingsError } from '../config.ts'
import { demoArguments, USAGE } from './arguments.ts'
import { DemoFailed, UsageError } from './errors.ts'

/**
 * `npm run demo` with these arguments.
 * @param umask with which a video is made that `--out` asks for.
 * @param output where the help and reasons for failing are printed, one line each; the demo itself prints to standard output.
 * @returns the exit code. 2: the command line or a setting is wrong; 1: the demo did not get to its end.
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
    // The program takes a while to load; what is wrong with the command line is said before.
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
