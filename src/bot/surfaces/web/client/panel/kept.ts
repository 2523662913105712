import { type Signal, signal } from '@preact/signals'

const known = new Map<string, Signal<string | null>>()

/** A text being typed, kept in the browser's session storage under this key; null if there is none. */
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
      // Storage is full or not allowed: the text is kept only while the page is open.
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
