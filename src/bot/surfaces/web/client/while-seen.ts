/** Milliseconds hidden after which a connection is closed: browsers allow six per host, across all tabs. */
const PATIENCE = 60_000
/** Milliseconds hidden after which a connection may have broken unnoticed. */
const LONG_HIDDEN = 30_000

/** The part of `document` that says whether the page is visible. */
interface Page {
  readonly hidden: boolean
  addEventListener(event: 'visibilitychange', listener: () => void): void
  removeEventListener(event: 'visibilitychange', listener: () => void): void
}

/** Closes a connection while the page is hidden and reopens it when the page is visible. @returns a function that stops it. */
export function whileSeen(page: Page, { open, close }: { open: () => void; close: () => void }): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let hiddenSince = 0
  const look = () => {
    clearTimeout(timer)
    if (page.hidden) {
      hiddenSince = performance.now()
      timer = setTimeout(close, PATIENCE)
    } else if (performance.now() - hiddenSince > LONG_HIDDEN) open()
  }
  page.addEventListener('visibilitychange', look)
  if (page.hidden) look()
  return () => {
    clearTimeout(timer)
    page.removeEventListener('visibilitychange', look)
  }
}
