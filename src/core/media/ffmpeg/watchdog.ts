import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/** How long a process of ffmpeg may take, and what it may use, before it is ended. */
export interface Patience {
  /** Milliseconds without any progress. */
  silence: number
  /** Milliseconds that every run may take, whatever it works at. */
  start: number
  /** Milliseconds between the polite signal and the one that cannot be ignored, and again until it counts as lost. */
  grace: number
  /** Bytes of memory. Only Linux tells how much another process has; elsewhere ffmpeg's own limit for a block has to do. */
  memory: number
}

export const PATIENCE: Patience = { silence: 60_000, start: 120_000, grace: 2_000, memory: 1536 * 1024 ** 2 }

/** Bytes that a run may print; more is a file that is wrong in every place, and nobody reads it. */
const MOST_SAID = 32 * 1024 ** 2

export interface Watch {
  /** Tells how far the run is; the same words twice are no progress. */
  at(sign: string): void
  /** Ends the process at once, without a reason of the watch's own. */
  kill(): void
  /** Why it was ended, as the rest of a sentence about it; null as long as it was left alone. */
  reason(): string | null
}

export interface WatchOptions {
  patience: Patience
  /** Milliseconds for the whole run. */
  limit: number
  /** Called when even SIGKILL does not end it, as with a disk that does not answer: it must not be waited for. */
  onLost: (error: Error) => void
}

/**
 * Ends a process that makes no progress, takes longer than it may, uses too much memory or prints without end: first with
 * SIGTERM, then with SIGKILL. It is over when the process is.
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

  // Steps are counted instead of the clock: while this process itself stands still, the other one cannot be heard.
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
