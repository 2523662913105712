import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** Where Debian, other distributions and macOS install it. */
const PLACES = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'],
  ...[
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
]

/** @throws Error with instructions if there is none: a skipped test would prove nothing. */
function findChromium(): string {
  const places = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : PLACES
  const found = places.find((each) => existsSync(each))
  if (found === undefined)
    throw new Error(
      `No Chromium at ${places.join(', ')}. Install it (apt-get install chromium), or set CHROMIUM_PATH to one.`,
    )
  return found
}

/** A real headless Chromium. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--autoplay-policy=no-user-gesture-required'],
  })
}

/** A page with its own context: it shares nothing with other pages. */
export interface Studio {
  page: Page
  /**
   * Errors thrown by the page's script, and whatever the browser refused, for example because of the content policy; should stay
   * empty.
   */
  faults: string[]
}

/** The default size of a page. */
export const VIEWPORT = { width: 1280, height: 800 }

export async function openStudio(browser: Browser, options: BrowserContextOptions = {}): Promise<Studio> {
  const context = await browser.newContext({ viewport: VIEWPORT, ...options })
  return studioOf(await context.newPage())
}

/** A page, with whatever goes wrong in it from now on. */
export function studioOf(page: Page): Studio {
  page.setDefaultTimeout(60_000)
  const faults: string[] = []
  page.on('pageerror', (error) => void faults.push(String(error)))
  // A server's refusal is shown to people and isn't a fault of the page.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      faults.push(message.text())
  })
  return { page, faults }
}

/** Drags a block, counted from 0, to the position of another, as a mouse does. */
export async function drag(page: Page, from: number, to: number): Promise<void> {
  const [held, target] = [page.locator('.block').nth(from), page.locator('.block').nth(to)]
  const [a, b] = [await held.boundingBox(), await target.boundingBox()]
  if (!a || !b) throw new Error('the timeline does not show these blocks')
  const y = a.y + a.height * 0.7
  await page.mouse.move(a.x + a.width / 3, y)
  await page.mouse.down()
  await page.mouse.move(a.x + a.width / 3 + Math.sign(to - from) * 20, y, { steps: 3 })
  await page.mouse.move(to > from ? b.x + b.width - 4 : b.x + 4, y, { steps: 8 })
  await page.mouse.up()
}
