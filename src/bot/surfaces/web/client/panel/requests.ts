import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../changes.ts'
import { sentenceOf } from '../say.ts'
import { Refusal } from '../send.ts'

/** What is being done at one place of the page, and what went wrong there last, with a way to try it again. */
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
 * Does something, one at a time at each place. What goes wrong is shown there, with **Retry**.
 * @param onError takes what it knows better how to show. @returns whether it was done.
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
    // What was refused for what it is would be refused once more.
    const isRefused = error instanceof Refusal && error.status < 429
    const again = isRefused ? null : () => void run(place, work, onError)
    put(place, onError(error) ? IDLE : { isBusy: false, error: sentenceOf(error), again })
    return false
  }
}

/** Takes away what went wrong at a place. */
export function clear(place: string): void {
  if (!doingAt(place).isBusy) put(place, IDLE)
}

/** What the API knows at an address of the draft. Null until it is there; what is older than the newest question is passed over. */
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
