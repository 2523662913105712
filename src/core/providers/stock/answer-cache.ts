import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'

export interface AnswerCache {
  /**
   * The stored answer to a request, or a fresh one, which is then stored. `request` must not contain a key: the file's
   * name is derived from it. Concurrent calls for the same thing make one request.
   */
  through(request: string, fetch: () => Promise<unknown>): Promise<unknown>
}

/** Interval between checks for outdated files, in milliseconds. */
const SWEEP_EVERY = 3_600_000

/**
 * Stores an API's answers as files under `folder`, for `maxAge` milliseconds; shared between drafts and across restarts.
 * @param onUse is called with the file that an answer comes from.
 */
export function createAnswerCache(
  folder: string,
  maxAge: number,
  now: () => number = Date.now,
  onUse: (file: string) => void = () => undefined,
): AnswerCache {
  const making = new Map<string, Promise<unknown>>()
  let sweptAt = Number.NEGATIVE_INFINITY

  return {
    async through(request, fetch) {
      const name = createHash('sha256').update(request).digest('hex').slice(0, 40)
      const file = path.join(folder, `${name}.json`)
      onUse(file)
      // The other caller may fail or be cancelled for its own reasons; then it is this caller's turn.
      for (let others = making.get(name); others; others = making.get(name))
        await others.catch(() => undefined)
      const own = fresh(file).then((stored) => stored?.answer ?? fetchAndStore(file, fetch))
      making.set(name, own)
      try {
        return await own
      } finally {
        making.delete(name)
      }
    },
  }

  async function fresh(file: string): Promise<{ answer: unknown } | null> {
    try {
      const { mtimeMs } = await stat(file)
      if (Math.abs(now() - mtimeMs) >= maxAge) return null
      return { answer: JSON.parse(await readFile(file, 'utf8')) }
    } catch {
      // Missing, or truncated when the machine crashed: it is fetched again.
      return null
    }
  }

  async function fetchAndStore(file: string, fetch: () => Promise<unknown>): Promise<unknown> {
    const answer = await fetch()
    const temporary = `${file}.${randomUUID()}.part`
    try {
      await mkdir(folder, { recursive: true })
      await writeFile(temporary, JSON.stringify(answer))
      await rename(temporary, file)
      await sweep()
    } catch {
      // A full disk must not keep an answer from the caller; the answer just isn't stored.
      await rm(temporary, { force: true })
    }
    return answer
  }

  async function sweep(): Promise<void> {
    if (Math.abs(now() - sweptAt) < SWEEP_EVERY) return
    sweptAt = now()
    for (const name of await readdir(folder)) {
      const file = path.join(folder, name)
      const { mtimeMs } = await stat(file)
      if (Math.abs(now() - mtimeMs) >= maxAge) await rm(file, { force: true })
    }
  }
}
