import { rm } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'

/** What a worker answers: nothing but that it is done, or the message and the code of what it threw. */
export type WorkerAnswer = { ok: true } | { ok: false; message: string; code: string | null }

/** What every task is: it writes one file, which nobody else has. */
export interface FileTask {
  file: string
}

export interface KeptWorker<Task extends FileTask> {
  /**
   * Has one task done; they are done one at a time, in order. A task that has begun cannot be interrupted:
   * when its signal is aborted the caller is free at once, and what is still written is removed once it is.
   * @throws the signal's reason, or an Error with the `code` of what the worker threw
   */
  run(task: Task, signal: AbortSignal): Promise<void>
  /** Ends the thread now, and removes what it was writing for nobody; the next task starts another one. */
  close(): Promise<void>
}

/**
 * A worker thread for work that would block the event loop. It is started by the first task, kept for the
 * next ones, ended after `idleMs` without any, and does not keep the process alive while it has nothing to do.
 * The script answers each message with a WorkerAnswer; see `answerTasks`.
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

  async function begin(task: Task, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const work = attempt(task).finally(async () => {
      // Its caller has gone, and has removed what was there at that moment.
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
    // The queue does not get the signal: it would give the place to the next task while the thread is busy.
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
