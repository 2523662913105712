import { type Signal, signal } from '@preact/signals'

const known = new Map<string, Signal<string | null>>()

/** Something that is being typed, kept in the browser's session under this key; null where nothing is. */
export function kept(key: string): Signal<string | null> {
  let text = known.get(key)
  if (text) return text
  text = signal(remembered(key))
  known.set(key, text)
  text.subscribe((value) => {
    try {
      if (value === null) sessionStorage.removeItem(key)
      else sessionStorage.setItem(key, value)
    } catch {
      // Full, or not allowed: then it is kept for as long as the page is open.
    }
  })
  return text
}

function remembered(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}
