import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'

/** The input of a contract suite: the implementation, and how to shut down what it needs. */
export interface Made<T> {
  provider: T
  close?(): Promise<void> | void
  /** The path of a file that the provider returned: in its store, for providers that put it there. */
  locate?(file: string): string
}

/** Makes the implementation once per suite, and a folder for its files. */
export function useProvider<T>(make: () => Promise<Made<T>>) {
  const state: { made?: Made<T>; folder: string; files: number } = { folder: '', files: 0 }
  beforeAll(async () => {
    state.folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-contract-'))
    state.made = await make()
  })
  afterAll(async () => {
    await state.made?.close?.()
    await rm(state.folder, { recursive: true, force: true })
  })
  return {
    provider(): T {
      if (!state.made) throw new Error('The provider is not made yet.')
      return state.made.provider
    },
    locate: (file: string) => state.made?.locate?.(file) ?? file,
    file: () => path.join(state.folder, `file-${state.files++}.part`),
  }
}

export const inTime = () => AbortSignal.timeout(50_000)

/** An already aborted signal, with a recognisable reason. */
export function cancelled(): { signal: AbortSignal; reason: Error } {
  const reason = new Error('cancelled by the test')
  return { signal: AbortSignal.abort(reason), reason }
}
