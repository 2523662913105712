import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LOCAL, localSignIn } from '../src/bot/surfaces/web/local.ts'
import { offerSignIn, useSignIn } from '../src/core/draft/sessions.ts'
import { type EventClient, follow } from '../test/factories/event-client.ts'
import { type BotProcess, startProcess } from './bot-process.ts'
import { withStoppedProgram } from './fill.ts'
import { insertLongDraft, makeSharedFiles } from './long-draft.ts'
import type { Figure } from './table.ts'

const DRAFT = 'draft_20260101_000000'
const SEGMENTS = 30
const STREAMS = 200
const SESSIONS = 20
const EDITS = 40
/** Megabytes, and milliseconds. */
const GOAL = { memory: 150, p95: 300 }

/** The cost of open event streams to a separate process, and how soon one person's change reaches another client. */
export async function eventFigures(say: (step: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-bench-'))
  try {
    say(`${STREAMS} event streams of a draft of ${SEGMENTS} segments`)
    const cookies: string[] = []
    await withStoppedProgram(folder, async (core) => {
      await makeSharedFiles(core)
      await insertLongDraft(core, { draftId: DRAFT, segments: SEGMENTS, revisions: 2, place: LOCAL })
      for (let count = 0; count < SESSIONS; count += 1) {
        const code = await offerSignIn(core, localSignIn())
        const used = await useSignIn(core, code, { userAgent: '', locale: 'en' })
        cookies.push(`rushes=${used?.secret}`)
      }
    })
    const bot = await startProcess({ DATA_DIR: folder })
    try {
      return await measure(bot, cookies)
    } finally {
      await bot.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(bot: BotProcess, cookies: string[]): Promise<Figure[]> {
  let origin: string | undefined
  for (; origin === undefined; await sleep(10))
    origin = /Open the studio: (http:\/\/[^/]+)\//.exec(bot.said())?.[1]
  const draft = `${origin}/api/draft/${DRAFT}`
  const cookieOf = (at: number) => cookies[at % cookies.length] ?? ''
  // What the first request loads doesn't count as the cost of a stream.
  const first = await follow(`${draft}/events`, { cookie: cookieOf(0) })
  await first.next('draft')
  first.close()
  const before = bot.memory().now
  const clients: EventClient[] = []
  for (let at = 0; at < STREAMS; at += 1) {
    const client = await follow(`${draft}/events`, { cookie: cookieOf(at) })
    if (client.status !== 200) throw new Error(`a stream was answered with ${client.status}`)
    await client.next('draft')
    clients.push(client)
  }
  const took: number[] = []
  for (let at = 0; at < EDITS; at += 1) {
    const keyword = `word ${at}`
    const began = performance.now()
    const answer = await fetch(`${draft}/update-segment/${at % SEGMENTS}`, {
      ...{ method: 'POST', body: JSON.stringify({ keyword }) },
      headers: { cookie: cookieOf(0), 'content-type': 'application/json' },
    })
    if (!answer.ok) throw new Error(`an edit was answered with ${answer.status}: ${await answer.text()}`)
    await answer.text()
    const other = clients[(at * 7 + 1) % STREAMS]
    while (
      !other?.events.some(({ name, data }) => name === 'change' && JSON.stringify(data).includes(keyword))
    )
      await sleep(1)
    took.push(performance.now() - began)
    await sleep(200)
  }
  const more = bot.memory().most - before
  for (const client of clients) client.close()
  took.sort((one, other) => one - other)
  const at = (share: number) => Math.round(took[Math.ceil(took.length * share) - 1] ?? Number.NaN)
  return [
    {
      what: `${STREAMS} event streams of a draft, memory of the process beyond what it had before them`,
      goal: `≤ ${GOAL.memory} MB`,
      measured: `${Math.round(more)} MB at the most`,
      isMet: more <= GOAL.memory,
    },
    {
      what: `An edit over HTTP until another of ${STREAMS} clients has it`,
      goal: `95 of 100 within ${GOAL.p95} ms`,
      measured: `half within ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms`,
      isMet: at(0.95) <= GOAL.p95,
    },
  ]
}
