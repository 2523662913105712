import { spawn } from 'node:child_process'
import { guardProcess } from './process-guard.ts'
import { PATIENCE, type Patience, watchProcess } from './watchdog.ts'

export interface CaptureOptions {
  signal?: AbortSignal | undefined
  patience?: Patience | undefined
  /** Milliseconds for the whole run; by default the limit for silence, because there is no output before its end. */
  limit?: number
  /** Environment variables in addition to this process's. */
  env?: Record<string, string>
}

/** Bytes kept of the standard error, whose end says what went wrong. */
const KEPT_ERRORS = 8192

/** A program ran and failed. */
export class ProcessError extends Error {
  /** Its exit code; null if it was killed by a signal. */
  readonly code: number | null
  /** The end of its standard error. */
  readonly said: string

  constructor(message: string, code: number | null, said: string) {
    super(message)
    this.name = 'ProcessError'
    this.code = code
    this.said = said
  }
}

/**
 * Runs ffprobe, or ffmpeg to query its capabilities, and returns its standard output. Whatever it does, this doesn't exceed
 * the limit.
 * @throws ProcessError; the spawn's error if it can't be started; the signal's reason.
 */
export async function captureOutput(
  program: string,
  args: string[],
  { signal, patience = PATIENCE, limit = patience.silence, env }: CaptureOptions = {},
): Promise<string> {
  signal?.throwIfAborted()
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  guardProcess(child)
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  const watch = watchProcess(child, {
    // It may be silent for its whole time limit.
    patience: { ...patience, silence: Math.max(patience.silence, limit) + 1 },
    limit,
    onLost: reject,
  })
  const output: Buffer[] = []
  let said = ''
  child.stdout.on('data', (data: Buffer) => {
    if (watch.reason() === null) output.push(data)
  })
  child.stderr.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-KEPT_ERRORS)
  })
  child.once('error', reject)
  child.once('close', resolve)
  signal?.addEventListener('abort', watch.kill, { once: true })
  try {
    const code = await promise
    signal?.throwIfAborted()
    const reason = watch.reason()
    if (reason !== null) throw new ProcessError(reason, null, reason)
    if (code !== 0) throw new ProcessError(`It ended with ${code}.`, code, said.trim())
    return Buffer.concat(output).toString()
  } finally {
    signal?.removeEventListener('abort', watch.kill)
  }
}
