import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type CreateInput, parseCreateInput } from '../../../core/draft/create-input.ts'
import { UserError } from '../../../core/model/errors.ts'
import { isNodeError } from '../../../core/model/failure.ts'
import { LANGUAGES } from '../../../core/model/formats.ts'
import { LIMITS } from '../../../core/model/limits.ts'
import { secondsIn } from '../../../core/model/text/duration.ts'
import { UsageError } from './errors.ts'

export const USAGE = `npm run demo -- ["topic"] [--format shorts|landscape|square] [--duration 30|1:30|2min]
  [--template clean|entertainment|news|minimal] [--music calm|none|…]
  [--style "…"] [--script file.txt] [--out video.mp4] [--editing]
  [--language ${LANGUAGES.join('|')}]`

export interface DemoArguments {
  input: CreateInput
  /** The absolute path to which the finished video is copied, or null. */
  out: string | null
  /** Whether to make the files for editing programs, too. */
  editing: boolean
  help: boolean
}

/**
 * Parses the demo's command line and validates it like `/draft create`.
 * @throws UsageError, UserError with one line saying what is allowed.
 */
export function demoArguments(args: string[]): DemoArguments {
  const { values, positionals } = parse(args)
  const input: CreateInput = {
    topic: positionals[0] ?? (values.script === undefined ? DEFAULT_TOPIC : undefined),
    script: values.script === undefined ? undefined : readScript(values.script),
    format: values.format,
    targetDuration: values.duration === undefined ? undefined : seconds(values.duration),
    template: values.template ?? 'entertainment',
    language: values.language,
    style: values.style,
    ...(values.music === 'none' ? { musicEnabled: false } : { mood: values.music ?? 'uplifting' }),
  }
  if (positionals.length > 1)
    throw new UsageError(
      `Put the topic in quotes: more than one was given (“${positionals.slice(0, 3).join('”, “')}”).`,
    )
  if (values.help !== true) parseCreateInput(input)
  const out = values.out === undefined ? null : writableFile(values.out)
  return { input, out, editing: values.editing ?? false, help: values.help ?? false }
}

const DEFAULT_TOPIC = 'Why the sky is blue'

function parse(args: string[]) {
  try {
    return parseArgs({
      args: joinNegativeNumbers(args),
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        duration: { type: 'string' },
        template: { type: 'string' },
        language: { type: 'string' },
        music: { type: 'string' },
        style: { type: 'string' },
        script: { type: 'string' },
        out: { type: 'string' },
        editing: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new UsageError(`${reason} Allowed: ${USAGE.replaceAll(/\s+/g, ' ')}`, { cause })
  }
}

/** Turns `--duration -5` into `--duration=-5`: parseArgs would take the number for an option and not say what is allowed. */
function joinNegativeNumbers(args: string[]): string[] {
  const joined: string[] = []
  for (const arg of args) {
    const option = joined.at(-1) ?? ''
    if (/^-\d/.test(arg) && /^--[a-z]+$/.test(option)) joined.splice(-1, 1, `${option}=${arg}`)
    else joined.push(arg)
  }
  return joined
}

function seconds(typed: string): number {
  const value = secondsIn(typed)
  if (value !== null) return value
  throw new UserError('duration_out_of_range', { field: 'targetDuration', ...LIMITS.targetDuration })
}

function readScript(file: string): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (cause) {
    throw new UsageError(`The script file ${file} cannot be read.`, { cause })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new UsageError(`The script file ${file} is not UTF-8 text.`, { cause })
  }
}

/** Checked before anything is rendered, so that nobody waits for a video that can't be written. */
function writableFile(out: string): string {
  const problem = problemOf(out)
  if (problem === null) return path.resolve(out)
  throw new UsageError(`--out takes a file that Rushes can write, such as video.mp4; “${out}” ${problem}.`)
}

function problemOf(out: string): string | null {
  if (out.trim() === '') return 'is empty'
  try {
    const file = path.resolve(out)
    const found = statSync(file, { throwIfNoEntry: false })
    if (found?.isDirectory() || out.endsWith(path.sep)) return 'is a folder'
    // The separator makes the system reject a file where a folder is expected.
    accessSync(found ? file : nearest(path.dirname(file)) + path.sep, constants.W_OK)
    return null
  } catch (error) {
    return `cannot be written (${isNodeError(error) ? error.code : error})`
  }
}

/** The folder itself, or its nearest existing ancestor, below which the others are created. */
function nearest(folder: string): string {
  return statSync(folder, { throwIfNoEntry: false }) ? folder : nearest(path.dirname(folder))
}
