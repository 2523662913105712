import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { launchChromium, openStudio, type Studio, studioOf, VIEWPORT } from './chromium.ts'

export { drag, type Studio } from './chromium.ts'

interface Wishes extends BrowserContextOptions {
  /** For who comes for the first time, or is somebody else than who has another page open: nothing is known or signed in. */
  isNew?: boolean
}

/** One browser for all test files of a worker, started when it is first needed; it ends with the worker's process. */
let started: Promise<Browser> | undefined
/** The page that tests take over from one another, while none has it: a new one costs a browser thrice the work. */
let resting: Page | undefined

/** The browser of a worker. @returns what opens a page; it is closed, or cleared for others, when the test ends. */
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

/** The page that rests, or a new one, which rests when the test has ended. */
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

/** Takes from a page all that a test may have left in it. */
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

/** The texts of the segments on the timeline, in the order in which they stand. */
export function blocks(page: Page): Promise<string[]> {
  return page.locator('.block .block-text').allTextContents()
}
