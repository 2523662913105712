import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/** How long an ffmpeg process may run, and how much it may use, before it is stopped. */
export interface Patience {
  /** Milliseconds without any progress. */
  silence: number
  /** Milliseconds that every run may take, whatever it does. */
  start: number
  /** Milliseconds between SIGTERM and SIGKILL, and between SIGKILL and giving it up as lost (at least 1 s). */
  grace: number
  /**
   * Bytes of memory. Only on Linux can we read another process's memory use; elsewhere ffmpeg's own limit per block has to
   * do.
   */
  memory: number
}

export const PATIENCE: Patience = { silence: 60_000, start: 120_000, grace: 2_000, memory: 1536 * 1024 ** 2 }

/** The maximum bytes that a run may print; only a file with errors everywhere causes more, and nobody reads that. */
const MOST_SAID = 32 * 1024 ** 2

export interface Watch {
  /** Reports the run's position; the same string twice means no progress. */
  at(sign: string): void
  /** Kills the process at once, without setting a reason. */
  kill(): void
  /** Why the watchdog stopped it, as the rest of a sentence about it; null if it didn't. */
  reason(): string | null
}

export interface WatchOptions {
  patience: Patience
  /** Milliseconds for the whole run. */
  limit: number
  /** Called if even SIGKILL doesn't end it, for example because a disk doesn't respond: don't wait for it then. */
  onLost: (error: Error) => void
}

/**
 * Stops a process that makes no progress, takes too long, uses too much memory or prints endlessly: first with SIGTERM, then with
 * SIGKILL. The watch ends with the process.
 */
export function watchProcess(child: ChildProcess, { patience, limit, onLost }: WatchOptions): Watch {
  const step = Math.max(10, Math.min(1000, patience.silence / 4, limit / 4))
  let reason: string | null = null
  let sign = ''
  let silent = 0
  let passed = 0
  let said = 0
  const timers: NodeJS.Timeout[] = []

  function end(why: string): void {
    if (reason !== null) return
    reason = why
    child.kill('SIGTERM')
    timers.push(setTimeout(kill, patience.grace))
  }

  function kill(): void {
    child.kill('SIGKILL')
    const lost = () => onLost(new Error('The process does not end.'))
    timers.push(setTimeout(lost, Math.max(patience.grace, 1000)))
  }

  // This counts steps instead of reading the clock: while this process itself is blocked, it can't hear the other one.
  const ticking = setInterval(() => {
    silent += step
    passed += step
    if (silent >= patience.silence)
      end(`it made no progress for ${inSeconds(patience.silence)} and was stopped.`)
    else if (passed >= limit) end(`it took longer than ${inSeconds(limit)} and was stopped.`)
    else
      void memoryOf(child.pid).then((bytes) => {
        if (bytes > patience.memory)
          end(`it needed more than ${Math.round(patience.memory / 1024 ** 2)} MB of memory and was stopped.`)
      })
  }, step)

  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: string | Buffer) => {
      said += data.length
      if (said > MOST_SAID) end('it printed too many errors and was stopped.')
    })

  child.once('exit', () => {
    clearInterval(ticking)
    for (const timer of timers) clearTimeout(timer)
  })
  child.once('error', () => {
    if (child.pid === undefined) clearInterval(ticking)
  })

  return {
    at(now) {
      if (now === sign) return
      sign = now
      silent = 0
    },
    kill,
    reason: () => reason,
  }
}

async function memoryOf(pid: number | undefined): Promise<number> {
  if (process.platform !== 'linux' || pid === undefined) return 0
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
}

function inSeconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} seconds`
}
