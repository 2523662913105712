import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { launchChromium, openStudio, type Studio, studioOf, VIEWPORT } from './chromium.ts'

export { drag, type Studio } from './chromium.ts'

interface Wishes extends BrowserContextOptions {
  /**
   * For a first visit, or for a different person than the one who has another page open: a page with no state and nobody signed
   * in.
   */
  isNew?: boolean
}

/** One browser for all test files of a worker, started on first use; it ends with the worker's process. */
let started: Promise<Browser> | undefined
/** The page that tests pass on to one another, while no test uses it: a new one costs the browser three times the work. */
let resting: Page | undefined

/**
 * The browser of a worker.
 * @returns a function that opens a page; when the test ends the page is closed, or cleared for the next test.
 */
export function sharedBrowser(): (url: string, wishes?: Wishes) => Promise<Studio> {
  return async (url, { isNew = false, ...options } = {}) => {
    started ??= launchChromium()
    const browser = await started
    const { viewport = VIEWPORT, reducedMotion = null, ...others } = options
    const isUsual = !isNew && Object.keys(others).length === 0
    const studio = isUsual ? await usual(browser) : await openStudio(browser, options)
    if (isUsual) {
      await studio.page.emulateMedia({ reducedMotion })
      await studio.page.setViewportSize(viewport ?? VIEWPORT)
    } else onTestFinished(() => studio.page.context().close())
    await studio.page.goto(url)
    return studio
  }
}

/** The idle page, or a new one, which becomes the idle page when the test ends. */
async function usual(browser: Browser): Promise<Studio> {
  const page = resting
  resting = undefined
  const studio = page ? studioOf(page) : await openStudio(browser)
  onTestFinished(async () => {
    const isClean =
      resting === undefined &&
      (await clear(studio.page).then(
        () => true,
        () => false,
      ))
    if (isClean) resting = studio.page
    else await studio.page.context().close()
  })
  return studio
}

/** Removes from a page everything that a test may have left in it. */
async function clear(page: Page): Promise<void> {
  for (const event of ['pageerror', 'console', 'response'] as const) page.removeAllListeners(event)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.context().setOffline(false)
  if (page.url().startsWith('http')) await page.evaluate('sessionStorage.clear(), localStorage.clear()')
  await page.goto('about:blank')
  await page.context().clearCookies()
  await page.mouse.move(0, 0)
  await page.emulateMedia({ colorScheme: null })
}

/**
 * Holds back the page's next request to these addresses that changes something.
 * @returns a function that lets it pass, or fail for the network.
 */
export async function hold(
  page: Page,
  addresses: string,
): Promise<(end: 'continue' | 'abort') => Promise<void>> {
  const held = Promise.withResolvers<Route>()
  await page.route(addresses, async (route) => {
    if (route.request().method() === 'GET') await route.fallback()
    else held.resolve(route)
  })
  return async (end) => {
    const route = await held.promise
    await route[end]()
    await page.unroute(addresses)
  }
}

/** The texts of the segments on the timeline, in order. */
export function blocks(page: Page): Promise<string[]> {
  return page.locator('.block .block-text').allTextContents()
}
