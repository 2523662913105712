import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { launchChromium, openStudio, type Studio } from './chromium.ts'

export { drag, type Studio } from './chromium.ts'

/** One browser for all tests of a file. @returns what opens a page; it is closed when the test ends. */
export function sharedBrowser(): (url: string, options?: BrowserContextOptions) => Promise<Studio> {
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())
  return async (url, options) => {
    if (!browser) throw new Error('the browser starts before the first test')
    const studio = await openStudio(browser, options)
    onTestFinished(() => studio.page.context().close())
    await studio.page.goto(url)
    return studio
  }
}

/** The texts of the segments on the timeline, in the order in which they stand. */
export function blocks(page: Page): Promise<string[]> {
  return page.locator('.block .block-text').allTextContents()
}
