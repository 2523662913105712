import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { pino } from 'pino'
import type { Page } from 'playwright-core'
import { EVERYTHING } from '../src/bot/handlers/access.ts'
import { compose, type Program } from '../src/bot/program/compose.ts'
import { loadSettings } from '../src/bot/program/config.ts'
import { openHttp } from '../src/bot/surfaces/web/http.ts'
import { serveWeb } from '../src/bot/surfaces/web/start.ts'
import { SCOPES } from '../src/bot/surfaces/web/who.ts'
import { wordsFor } from '../src/bot/words/index.ts'
import { thumbnailPath } from '../src/core/media/clip/thumbnail.ts'
import { drag, launchChromium, openStudio } from '../test/factories/chromium.ts'
import { onDisk } from '../test/factories/on-disk.ts'
import { insertLongDraft, makeSharedFiles } from './long-draft.ts'
import type { Figure } from './table.ts'

const SEGMENTS = 100
const EDITS = 40
const LOADS = 7
const DRAGS = 5
const BETWEEN = 500
/** Milliseconds. */
const GOAL = { task: 50, event: 300, thumbnail: 1000 }

const DRAFT = 'draft_20260101_000000'
const PLACE = { surface: 'web', workspace: 'web:bench', channelId: 'studio', threadId: null }

/** The studio's responsiveness with a long draft, in a real browser. */
export async function studioFigures(say: (step: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-bench-'))
  const settings = loadSettings({ DATA_DIR: folder })
  const program = await compose(settings, pino({ level: 'silent' }), { rendersAhead: false })
  try {
    say(`a draft of ${SEGMENTS} segments in the studio`)
    await makeSharedFiles(program.core)
    await insertLongDraft(program.core, { draftId: DRAFT, segments: SEGMENTS, revisions: 2, place: PLACE })
    await makeStill(program)
    await program.start()
    return await measure(program)
  } finally {
    await program.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(program: Program): Promise<Figure[]> {
  const http = await openHttp({ host: '127.0.0.1', port: 0 }, (error) => console.error(error))
  const origin = `http://127.0.0.1:${http.port}`
  const who = {
    ...{ actor: { id: 'ann', name: 'Ann' }, surface: 'web', workspace: PLACE.workspace, locale: 'en' },
    ...{ words: wordsFor('en'), access: { at: async () => EVERYTHING }, id: 'session:1', home: PLACE },
    scopes: new Set(SCOPES),
  }
  const hub = serveWeb(http, program.bot, { origin }, [async () => who])
  const browser = await launchChromium()
  try {
    const address = `${origin}/draft/${DRAFT}`
    const loads: number[] = []
    for (let at = 0; at < LOADS; at++) {
      // A new page has nothing cached.
      const { page } = await openStudio(browser)
      await page.goto(address)
      loads.push(await page.evaluate<number>(FIRST_STILL))
      await page.context().close()
    }
    const [one, other] = [await openStudio(browser), await openStudio(browser)]
    for (const { page } of [one, other]) {
      await page.goto(address)
      await page
        .locator('.block')
        .nth(SEGMENTS - 1)
        .waitFor({ state: 'attached' })
    }
    const events = await editsSeen(one.page, other.page)
    await other.page.context().close()
    const tasks = await longestTask(one.page)
    return [thumbnails(loads), eventsTold(events), dragged(tasks)]
  } finally {
    await browser.close()
    hub.close()
    await http.close()
  }
}

/** Milliseconds from the navigation until the first still is visible. */
const FIRST_STILL = `new Promise((resolve) => {
  const look = () => {
    const [first] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/still?'))
    if (first) resolve(first.responseEnd)
    else setTimeout(look, 5)
  }
  look()
})`

/**
 * Edits a text in one browser.
 * @returns milliseconds until each edit is visible in the other.
 */
async function editsSeen(from: Page, to: Page): Promise<number[]> {
  const took: number[] = []
  for (let at = 0; at < EDITS; at++) {
    const text = `Edit number ${at} is here.`
    const seen = to.evaluate<number>(`new Promise((resolve) => {
      const look = () => {
        if (document.querySelector('.block-text').textContent === ${JSON.stringify(text)}) resolve(performance.timeOrigin + performance.now())
        else requestAnimationFrame(look)
      }
      look()
    })`)
    const sent = await from.evaluate<number>(`(async () => {
      const at = performance.timeOrigin + performance.now()
      await fetch('/api/draft/${DRAFT}/update-segment/0', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: ${JSON.stringify(JSON.stringify({ text }))},
      })
      return at
    })()`)
    took.push((await seen) - sent)
    // People take longer between two edits.
    await from.waitForTimeout(BETWEEN)
  }
  return took
}

/**
 * Drags blocks across the timeline.
 * @returns milliseconds of the page's longest task; 0 if none took more than 50.
 */
async function longestTask(page: Page): Promise<number> {
  await page.waitForTimeout(1000)
  await page.evaluate(`
    window.tasks = []
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask' })`)
  for (let at = 0; at < DRAGS; at++) {
    await drag(page, at, at + 5)
    await page.waitForTimeout(400)
  }
  const tasks = await page.evaluate<number[]>('window.tasks')
  return Math.max(0, ...tasks)
}

async function makeStill({ core }: Program): Promise<void> {
  const canvas = createCanvas(480, 480)
  const context = canvas.getContext('2d')
  for (let at = 0; at < 400; at++) {
    context.fillStyle = `hsl(${(at * 37) % 360} 60% ${30 + (at % 40)}%)`
    context.fillRect((at * 61) % 480, (at * 97) % 480, 90, 70)
  }
  const picture = await canvas.encode('jpeg', 80)
  const name = await thumbnailPath({ ffmpeg: core.ffmpeg, store: core.store }, 'footage/aa/bench.mp4')
  const file = onDisk(core.store, name)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, picture)
}

function thumbnails(loads: readonly number[]): Figure {
  const sorted = loads.toSorted((one, other) => one - other)
  const half = Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN)
  return {
    what: `Studio: the page of ${SEGMENTS} segments until its first thumbnail`,
    goal: `half within ${GOAL.thumbnail} ms`,
    measured: `half within ${half} ms, all within ${Math.round(sorted.at(-1) ?? Number.NaN)} ms`,
    isMet: half <= GOAL.thumbnail,
  }
}

function eventsTold(took: readonly number[]): Figure {
  const sorted = took.toSorted((one, other) => one - other)
  const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN)
  return {
    what: 'Studio: an edit in one browser until it is read in another',
    goal: `95 of 100 within ${GOAL.event} ms`,
    measured: `half within ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, all within ${at(1)} ms`,
    isMet: at(0.95) <= GOAL.event,
  }
}

function dragged(longest: number): Figure {
  return {
    what: `Studio: one of ${SEGMENTS} segments dragged, the longest task of the page`,
    goal: `≤ ${GOAL.task} ms`,
    measured: longest === 0 ? `none of more than ${GOAL.task} ms` : `${Math.round(longest)} ms`,
    isMet: longest <= GOAL.task,
  }
}
