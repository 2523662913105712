import { signal } from '@preact/signals'
import { sentenceOf } from '../say.ts'

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
    const again = () => void run(place, work, onError)
    put(place, onError(error) ? IDLE : { isBusy: false, error: sentenceOf(error), again })
    return false
  }
}

/** Takes away what went wrong at a place. */
export function clear(place: string): void {
  if (!doingAt(place).isBusy) put(place, IDLE)
}

function put(place: string, state: Doing): void {
  const { [place]: _, ...others } = doing.value
  doing.value = state === IDLE ? others : { ...others, [place]: state }
}
