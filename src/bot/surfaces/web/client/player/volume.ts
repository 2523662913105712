import { signal } from '@preact/signals'

const KEY = 'rushes.volume'

/** 0 to 1; stored in this browser. */
export const volume = signal(remembered())

export function setVolume(value: number): void {
  volume.value = Math.min(1, Math.max(0, value))
  try {
    localStorage.setItem(KEY, String(volume.value))
  } catch {
    // Storage isn't allowed: the volume is kept for this page only.
  }
}

function remembered(): number {
  try {
    const kept = Number.parseFloat(localStorage.getItem(KEY) ?? '1')
    return kept >= 0 && kept <= 1 ? kept : 1
  } catch {
    return 1
  }
}
