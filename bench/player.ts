import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { launchChromium } from '../test/factories/chromium.ts'
import { makeFilm, playedDraft, playerPage, type Seen } from '../test/factories/player-page.ts'
import type { Figure } from './table.ts'

const COLOURS = ['#c00000', '#00a000', '#0000c0', '#c0a000', '#a000c0', '#00a0a0', '#808080', '#ffffff']
const SECONDS = 1
/** Milliseconds. */
const GOAL = 40

/** How long the player shows nothing new between the clips of a draft, in a real browser. */
export async function playerFigures(say: (step: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-bench-'))
  const { origin, close } = await playerPage(folder)
  const browser = await launchChromium()
  try {
    say(`${COLOURS.length} clips are played as one film …`)
    await makeFilm(folder, { colours: COLOURS, seconds: SECONDS, size: '1080x1920' })
    const page = await browser.newPage()
    await page.goto(`${origin}/player`)
    await page.waitForFunction('window.isReady')
    const draft = playedDraft(
      COLOURS.map((_, index) => `clip${index}.mp4`),
      SECONDS,
    )
    await page.evaluate(`show(${JSON.stringify(draft)})`)
    await page.waitForFunction('seen().shows === "clip"')
    const samples = await page.evaluate<Seen[]>('sampled(1000)')
    const gaps = samples.flatMap((sample, index) => {
      const before = samples[index - 1]
      return before && before.clip !== sample.clip ? [sample.now - before.now] : []
    })
    const worst = Math.max(...gaps)
    return [
      {
        what: 'player: longest gap between two clips',
        goal: `≤ ${GOAL} ms`,
        measured: `${worst.toFixed(0)} ms of ${gaps.length} (${samples.filter(({ shows }) => shows !== 'clip').length} frames without a picture)`,
        isMet: worst <= GOAL && samples.every(({ shows }) => shows === 'clip'),
      },
    ]
  } finally {
    await browser.close()
    close()
    await rm(folder, { recursive: true, force: true })
  }
}
