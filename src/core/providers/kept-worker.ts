import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'

/** What a worker answers: nothing but that it is done, or the message and the code of what it threw. */
export type WorkerAnswer = { ok: true } | { ok: false; message: string; code: string | null }

export interface KeptWorker<Task> {
  /**
   * Has one task done; they are done one at a time, in order. A task that has begun cannot be interrupted:
   * when its signal is aborted the caller is free at once and the result is dropped.
   * @throws the signal's reason, or an Error with the `code` of what the worker threw
   */
  run(task: Task, signal: AbortSignal): Promise<void>
  /** Ends the thread now; the next task starts another one. */
  close(): Promise<void>
}

/**
 * A worker thread for work that would block the event loop. It is started by the first task, kept for the
 * next ones, ended after `idleMs` without any, and does not keep the process alive while it has nothing to do.
 * The script answers each message with a WorkerAnswer; see `answerTasks`.
 */
export function keptWorker<Task>(script: URL, { idleMs = 30_000 } = {}): KeptWorker<Task> {
  const queue = new PQueue({ concurrency: 1 })
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined

  function start(): Worker {
    const started = new Worker(script, { execArgv: [] })
    started.once('exit', () => {
      if (worker === started) worker = null
    })
    // An error is followed by the exit and is heard by the task that caused it; unheard it would end us all.
    started.on('error', () => undefined)
    return started
  }

  async function attempt(task: Task): Promise<void> {
    clearTimeout(idle)
    worker ??= start()
    const busy = worker
    busy.ref()
    try {
      const answer = await answerOf(busy, task)
      if (!answer.ok) throw Object.assign(new Error(answer.message), answer.code ? { code: answer.code } : {})
    } finally {
      busy.unref()
      idle = setTimeout(close, idleMs)
      idle.unref()
    }
  }

  async function close(): Promise<void> {
    clearTimeout(idle)
    const ending = worker
    worker = null
    await ending?.terminate()
  }

  return {
    // The queue is not told of the signal: it would give the place to the next task while the thread is busy.
    run: (task, signal) =>
      untilAborted(signal, () => queue.add(() => (signal.aborted ? Promise.resolve() : attempt(task)))),
    close,
  }
}

async function untilAborted(signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    await Promise.race([work(), aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function answerOf(worker: Worker, task: unknown): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: WorkerAnswer) => {
      forget()
      resolve(answer)
    }
    const onError = (error: unknown) => {
      forget()
      reject(error)
    }
    const onExit = (code: number) => onError(new Error(`The worker thread ended with code ${code}.`))
    function forget(): void {
      worker.off('message', onMessage)
      worker.off('error', onError)
      worker.off('exit', onExit)
    }
    worker.on('message', onMessage)
    worker.on('error', onError)
    worker.on('exit', onExit)
    worker.postMessage(task)
  })
}
