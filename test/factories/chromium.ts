import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** Where Debian, other distributions and macOS put it. */
const PLACES = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'],
  ...[
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
]

/** @throws Error with what to do, where there is none: a test that was left out would show nothing. */
function findChromium(): string {
  const places = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : PLACES
  const found = places.find((each) => existsSync(each))
  if (found === undefined)
    throw new Error(
      `No Chromium at ${places.join(', ')}. Install it (apt-get install chromium), or set CHROMIUM_PATH to one.`,
    )
  return found
}

/** A real Chromium without a window. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--autoplay-policy=no-user-gesture-required'],
  })
}

/** A page of somebody of their own: nothing is shared with other pages. */
export interface Studio {
  page: Page
  /** What the page's script threw, and what the browser refused, such as by the content policy; it should stay empty. */
  faults: string[]
}

/** How large a page is unless something else is asked for. */
export const VIEWPORT = { width: 1280, height: 800 }

export async function openStudio(browser: Browser, options: BrowserContextOptions = {}): Promise<Studio> {
  const context = await browser.newContext({ viewport: VIEWPORT, ...options })
  return studioOf(await context.newPage())
}

/** A page with what goes wrong in it from now on. */
export function studioOf(page: Page): Studio {
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => void faults.push(String(error)))
  // What a server refuses is told to people and is no fault of the page.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      faults.push(message.text())
  })
  return { page, faults }
}

/** Drags a block, counted from 0, to where another one is, as a mouse does. */
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
