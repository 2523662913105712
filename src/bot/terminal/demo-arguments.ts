import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type CreateInput, parseCreateInput } from '../../core/draft/create-input.ts'
import { UserError } from '../../core/errors.ts'
import { LIMITS } from '../../core/limits.ts'

/** The command line is wrong; `message` is one line. */
export class UsageError extends Error {}

export const USAGE = `npm run demo -- ["topic"] [--format shorts|landscape|square] [--duration 30]
  [--template clean|entertainment|news|minimal] [--language en|ko] [--music calm|none|…]
  [--style "…"] [--script file.txt] [--out video.mp4]`

export interface DemoArguments {
  input: CreateInput
  /** Where the finished video is copied to, or null. */
  out: string | null
  help: boolean
}

/** Bytes of a script file that are read; longer ones are refused by their length anyway. */
const MAX_SCRIPT_BYTES = 4 * LIMITS.script + 1_000_000

/**
 * Reads the demo's command line, and checks it as `/draft create` would.
 * @throws UsageError, UserError with one line that says what is allowed.
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
  return { input, out: values.out ?? null, help: values.help ?? false }
}

const DEFAULT_TOPIC = 'Why the sky is blue'

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
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
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new UsageError(`${reason} Allowed: ${USAGE.replaceAll(/\s+/g, ' ')}`, { cause })
  }
}

function seconds(typed: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(typed.trim()))
    throw new UserError('number_out_of_range', {
      field: 'targetDuration',
      ...LIMITS.targetDuration,
      unit: 'seconds',
    })
  return Number(typed)
}

function readScript(file: string): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (cause) {
    throw new UsageError(`The script file ${file} cannot be read.`, { cause })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, MAX_SCRIPT_BYTES))
  } catch (cause) {
    throw new UsageError(`The script file ${file} is not UTF-8 text.`, { cause })
  }
}
