/** Milliseconds out of sight after which a connection is closed: browsers keep six to a host, over all tabs. */
const PATIENCE = 60_000
/** Milliseconds out of sight after which a connection may have broken without a word. */
const LONG_HIDDEN = 30_000

/** What of `document` says whether the page is seen. */
interface Page {
  readonly hidden: boolean
  addEventListener(event: 'visibilitychange', listener: () => void): void
  removeEventListener(event: 'visibilitychange', listener: () => void): void
}

/** Closes a connection while nobody sees the page, and opens it again when somebody does. @returns what ends that. */
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
