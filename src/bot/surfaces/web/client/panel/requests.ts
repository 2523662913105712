import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../changes.ts'
import { sentenceOf } from '../say.ts'
import { Refusal } from '../send.ts'

/** The state of one place of the page: whether a request is running, its last error, and a way to retry. */
export interface Doing {
  isBusy: boolean
  error: string | null
  again: (() => void) | null
}

const IDLE: Doing = { isBusy: false, error: null, again: null }
const doing = signal<Readonly<Record<string, Doing>>>({})

export function doingAt(place: string): Doing {
  return doing.value[place] ?? IDLE
}

/**
 * Runs something, one at a time per place. Errors are shown there, with **Retry**.
 * @param onError returns true for errors that it shows itself. @returns whether `work` succeeded.
 */
export async function run(
  place: string,
  work: () => Promise<unknown>,
  onError: (error: unknown) => boolean = () => false,
): Promise<boolean> {
  if (doingAt(place).isBusy) return false
  put(place, { isBusy: true, error: null, again: null })
  try {
    await work()
    put(place, IDLE)
    return true
  } catch (error) {
    // A request refused for its content would be refused again.
    const isRefused = error instanceof Refusal && error.status < 429
    const again = isRefused ? null : () => void run(place, work, onError)
    put(place, onError(error) ? IDLE : { isBusy: false, error: sentenceOf(error), again })
    return false
  }
}

/** Clears the error at a place. */
export function clear(place: string): void {
  if (!doingAt(place).isBusy) put(place, IDLE)
}

/** The API's answer at a path of the draft; null until it arrives. Responses to outdated requests are ignored. */
export function useAnswer<T>(
  path: string,
  on: readonly unknown[],
): { answer: T | null; error: string | null; again: () => void } {
  const [answer, setAnswer] = useState<T | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let isNewest = true
    ask<T>('GET', path).then(
      (found) => {
        if (!isNewest) return
        setAnswer(() => found)
        setError(null)
      },
      (failure: unknown) => isNewest && setError(sentenceOf(failure)),
    )
    return () => {
      isNewest = false
    }
  }, [path, turn, ...on])
  return { answer, error, again: () => setTurn((before) => before + 1) }
}

function put(place: string, state: Doing): void {
  const { [place]: _, ...others } = doing.value
  doing.value = state === IDLE ? others : { ...others, [place]: state }
}
