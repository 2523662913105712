import { rm } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'

/** A worker's answer: only that it is done, or the message and code of what it threw. */
export type WorkerAnswer = { ok: true } | { ok: false; message: string; code: string | null }

/** What all tasks have in common: each writes one file, which nothing else uses. */
export interface FileTask {
  file: string
}

export interface KeptWorker<Task extends FileTask> {
  /**
   * Runs one task; tasks run one at a time, in order. A running task can't be interrupted: when its signal is aborted,
   * the call rejects immediately, and the file is removed once the task has written it.
   * @throws the signal's reason, or an Error with the `code` of what the worker threw
   */
  run(task: Task, signal: AbortSignal): Promise<void>
  /** Ends the thread immediately and removes the abandoned file it was writing; the next task starts a new thread. */
  close(): Promise<void>
}

/**
 * A worker thread for work that would block the event loop. The first task starts it; it is kept for the next ones, ended
 * after `idleMs` without any, and doesn't keep the process alive while idle. The script answers each message with a
 * WorkerAnswer; see `answerTasks`.
 */
export function keptWorker<Task extends FileTask>(script: URL, { idleMs = 30_000 } = {}): KeptWorker<Task> {
  const queue = new PQueue({ concurrency: 1 })
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  const underWay = new Set<Promise<void>>()

  function start(): Worker {
    const started = new Worker(script, { execArgv: [] })
    started.once('exit', () => {
      if (worker === started) worker = null
    })
    // An error is followed by an exit and handled by the task that caused it; unhandled, it would end the whole process.
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

  async function begin(task: Task, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const work = attempt(task).finally(async () => {
      // Its caller has gone, and only removed what was there at that moment.
      if (signal.aborted) await rm(task.file, { force: true })
    })
    underWay.add(work)
    await work.finally(() => underWay.delete(work))
  }

  async function close(): Promise<void> {
    clearTimeout(idle)
    const ending = worker
    worker = null
    await ending?.terminate()
    await Promise.allSettled(underWay)
  }

  return {
    // The queue doesn't get the signal: it would start the next task while the thread is busy.
    run: (task, signal) => untilAborted(signal, () => queue.add(() => begin(task, signal))),
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
