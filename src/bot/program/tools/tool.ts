import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UserError } from '../../../core/model/errors.ts'
import { BackupError } from '../../../core/records/backup/manifest.ts'
import { DatabaseError } from '../../../db/database.ts'
import { LockError } from '../../../jobs/lock.ts'
import { SettingsError } from '../config.ts'
import { keepFilesPrivate } from '../private-files.ts'

/** The command line is invalid; `message` is one line saying what is allowed. */
export class UsageError extends Error {}

/** The request failed for a reason outside the program; `message` is one line. */
export class ToolError extends Error {}

const EXPECTED = [UsageError, SettingsError, DatabaseError, LockError, UserError, BackupError]

/**
 * Runs a command-line tool. Exit code 2: the command line, a setting or the folder is invalid; 1: it failed. Either way,
 * one line on standard error says why; only internal errors have a stack trace.
 */
export async function runTool(main: () => Promise<void>): Promise<void> {
  keepFilesPrivate()
  try {
    await main()
  } catch (error) {
    const isWrong = EXPECTED.some((each) => error instanceof each)
    const line = error instanceof Error ? error.message : String(error)
    const isExpected = isWrong || error instanceof ToolError
    process.stderr.write(`${isExpected || !(error instanceof Error) ? line : error.stack}\n`)
    process.exitCode = isWrong ? 2 : 1
  }
}

/**
 * Parses the command line; with `--help`, prints the usage and returns null.
 * @throws UsageError with one line saying what is allowed.
 */
export function readArguments<const T extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: T,
) {
  if (process.argv.slice(2).some((each) => each === '--help' || each === '-h')) {
    say(usage)
    return null
  }
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split(/\n|\. /)
    return refuse(usage, `${reason.replace(/\.$/, '')}.`, cause)
  }
}

/** @throws UsageError */
export function refuse(usage: string, problem: string, cause?: unknown): never {
  throw new UsageError(`${problem} Allowed: ${usage.replaceAll(/\s+/g, ' ')}`, { cause })
}

/** Such as `1 file` or `2 files`. */
export function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
