import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { EVERYTHING } from '../src/bot/handlers/access.ts'
import { compose, type Program } from '../src/bot/program/compose.ts'
import { loadSettings } from '../src/bot/program/config.ts'
import { openHttp } from '../src/bot/surfaces/web/http.ts'
import { serveWeb } from '../src/bot/surfaces/web/start.ts'
import { SCOPES } from '../src/bot/surfaces/web/who.ts'
import { wordsFor } from '../src/bot/words/index.ts'
import { insertManyDrafts } from './many-drafts.ts'
import type { Figure } from './table.ts'

const PLACE = { surface: 'bench', workspace: 'bench:1', channelId: 'channel', threadId: null }
const DRAFTS = 20_000
const REQUESTS = 500
/** Milliseconds. */
const GOAL = 50

/** How long a page of drafts takes over HTTP, for a person whose access has to be checked in every place. */
export async function apiFigures(say: (step: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rushes-bench-'))
  const program = await compose(loadSettings({ DATA_DIR: folder }), pino({ level: 'silent' }), {
    what: 'npm run bench',
  })
  try {
    say(`${DRAFTS} drafts, and pages of 20 of them over HTTP …`)
    await insertManyDrafts(program.core, DRAFTS, PLACE)
    // Threads are started from the message that announces a draft.
    await program.core.db
      .fork()
      .execute("update thread_messages set message_id = thread_id where slot = 'announcement'", [], 'run')
    return await measure(program)
  } finally {
    await program.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(program: Program): Promise<Figure[]> {
  const http = await openHttp({ host: '127.0.0.1', port: 0 }, (error) => {
    throw error
  })
  const origin = `http://127.0.0.1:${http.port}`
  const who = {
    ...{ id: 'session:1', actor: { id: 'ann', name: 'Ann' }, surface: PLACE.surface, home: PLACE },
    ...{ workspace: PLACE.workspace, locale: 'en', words: wordsFor('en'), scopes: new Set(SCOPES) },
    access: { at: async () => EVERYTHING },
  }
  serveWeb(http, program.bot, { origin }, [async () => who])
  try {
    const took: number[] = []
    for (let request = 0; request < REQUESTS; request += 1) {
      const began = performance.now()
      const response = await fetch(`${origin}/api/draft/?limit=20&skip=${(request % 25) * 20}`)
      const drafts = (await response.json()) as unknown[]
      if (drafts.length !== 20) throw new Error(`a page has ${drafts.length} drafts`)
      took.push(performance.now() - began)
    }
    took.sort((one, other) => one - other)
    const p99 = took[Math.ceil(took.length * 0.99) - 1] ?? 0
    const median = took[Math.ceil(took.length / 2) - 1] ?? 0
    return [
      {
        what: `A list of 20 among ${DRAFTS} drafts over HTTP, p99 of ${REQUESTS} requests (median ${median.toFixed(0)} ms)`,
        goal: `≤ ${GOAL} ms`,
        measured: `${p99.toFixed(0)} ms`,
        isMet: p99 <= GOAL,
      },
    ]
  } finally {
    await http.close()
  }
}
