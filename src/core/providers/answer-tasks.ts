import { parentPort } from 'node:worker_threads'
import type { WorkerAnswer } from './embedded/kept-worker.ts'

/** The counterpart of `keptWorker`, inside the thread: does each task that arrives and answers it. */
export function answerTasks<Task>(act: (task: Task) => Promise<void> | void): void {
  parentPort?.on('message', async (task: Task) => {
    parentPort?.postMessage(await answerTo(act, task))
  })
}

async function answerTo<Task>(act: (task: Task) => Promise<void> | void, task: Task): Promise<WorkerAnswer> {
  try {
    await act(task)
    return { ok: true }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null
    return { ok: false, message: error instanceof Error ? error.message : String(error), code }
  }
}
