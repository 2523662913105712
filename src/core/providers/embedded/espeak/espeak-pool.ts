import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import PQueue from 'p-queue'

export interface EspeakTask {
  /** As eSpeak takes it, with special characters already escaped. */
  text: string
  /** e.g. `en-us+Annie`. */
  voice: string
  wordsPerMinute: number
  file: string
}

/** Events that eSpeak reports while speaking. `position` counts code points from 0; `at` is in seconds. */
export type SpeechEvent =
  | { kind: 'word'; position: number; at: number }
  | { kind: 'phoneme'; name: string; at: number }

export type EspeakAnswer =
  | { ok: true; events: SpeechEvent[]; seconds: number }
  | { ok: false; message: string }

export interface EspeakPool {
  /** Rejects when the signal is aborted, once nothing writes to the task's file any more. */
  run(task: EspeakTask, signal: AbortSignal): Promise<EspeakAnswer>
  /** Process ids of the running children. */
  pids(): number[]
  close(): void
}

export class EspeakCrash extends Error {}

const SCRIPT = fileURLToPath(new URL('./espeak-process.ts', import.meta.url))
/** 2000 characters take about a second; a child that takes this long is hanging. */
const TIMEOUT_MS = 60_000

/**
 * At most `size` children, started when needed (about 0.3 s and 150 MB each) and ended after `idleMs` without work. A
 * child does one task at a time, so a task is cancelled by ending its child. Children don't keep this process alive, and
 * end with it.
 */
export function espeakPool({ size = 1, idleMs = 20_000 } = {}): EspeakPool {
  const queue = new PQueue({ concurrency: size })
  const alive = new Set<ChildProcess>()
  const idle: { child: ChildProcess; timer: NodeJS.Timeout }[] = []

  function take(): ChildProcess {
    for (;;) {
      const rested = idle.pop()
      if (!rested) break
      clearTimeout(rested.timer)
      if (rested.child.connected && rested.child.exitCode === null) return rested.child
    }
    // The child must not get our environment (keys, tokens).
    const child = fork(SCRIPT, { execArgv: [], env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    alive.add(child)
    child.once('exit', () => alive.delete(child))
    // 'error' also fires when a kill or a send fails; `attempt` sees those as an exit.
    child.on('error', () => alive.delete(child))
    return child
  }

  function rest(child: ChildProcess): void {
    child.unref()
    child.channel?.unref()
    const timer = setTimeout(() => {
      const at = idle.findIndex((rested) => rested.child === child)
      if (at >= 0) idle.splice(at, 1)
      if (child.connected) child.disconnect()
    }, idleMs)
    timer.unref()
    idle.push({ child, timer })
  }

  async function attempt(task: EspeakTask, signal: AbortSignal): Promise<EspeakAnswer> {
    signal.throwIfAborted()
    const child = take()
    child.ref()
    child.channel?.ref()
    try {
      const answer = await answerOf(child, task, signal)
      rest(child)
      return answer
    } catch (error) {
      await ended(child)
      throw error
    }
  }

  return {
    run: (task, signal) =>
      whenItsTurn(queue, signal, () =>
        attempt(task, signal).catch((error: unknown) => {
          // A child may have died since its last task; two deaths in a row are this text's fault.
          if (!(error instanceof EspeakCrash)) throw error
          return attempt(task, signal)
        }),
      ),
    pids: () => [...alive].flatMap((child) => child.pid ?? []),
    close() {
      for (const { timer } of idle.splice(0)) clearTimeout(timer)
      for (const child of alive) child.kill('SIGKILL')
    },
  }
}

/** Not with the queue's own signal: it would release the caller while the child is still busy. */
function whenItsTurn<T>(queue: PQueue, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason)
    if (signal.aborted) return leave()
    signal.addEventListener('abort', leave, { once: true })
    void queue.add(async () => {
      signal.removeEventListener('abort', leave)
      if (!signal.aborted) await work().then(resolve, reject)
    })
  })
}

/** How long to wait, in milliseconds, for a child that SIGKILL doesn't end. */
const ENDING = 2000

/** Ends a child and waits until it has exited, so that it writes nothing after that. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await Promise.race([gone, wait(ENDING, null, { ref: false })])
}

function answerOf(child: ChildProcess, task: EspeakTask, signal: AbortSignal): Promise<EspeakAnswer> {
  return new Promise<EspeakAnswer>((resolve, reject) => {
    const timer = setTimeout(() => fail(new EspeakCrash('eSpeak did not answer')), TIMEOUT_MS)
    const onAnswer = (answer: EspeakAnswer) => {
      forget()
      resolve(answer)
    }
    const onEnd = () => fail(new EspeakCrash('eSpeak ended unexpectedly'))
    const onAbort = () => fail(signal.reason)
    function fail(reason: unknown): void {
      forget()
      reject(reason)
    }
    function forget(): void {
      clearTimeout(timer)
      child.off('message', onAnswer)
      child.off('exit', onEnd)
      child.off('error', onEnd)
      signal.removeEventListener('abort', onAbort)
    }
    child.on('message', onAnswer)
    child.on('exit', onEnd)
    child.on('error', onEnd)
    signal.addEventListener('abort', onAbort)
    child.send(task, (error) => error && onEnd())
  })
}
