import { afterAll, onTestFinished } from 'vitest'
import { EVERYTHING } from '../../src/bot/handlers/access.ts'
import type { Program } from '../../src/bot/program/compose.ts'
import { localLink } from '../../src/bot/program/local-link.ts'
import { type HttpHost, openHttp } from '../../src/bot/surfaces/web/http.ts'
import { serveWeb } from '../../src/bot/surfaces/web/start.ts'
import { SCOPES, type Who } from '../../src/bot/surfaces/web/who.ts'
import { wordsFor } from '../../src/bot/words/index.ts'
import { ANN, PLACE } from './people.ts'

/**
 * Serves the studio and the API of a program, with every request coming from one signed-in person; null leaves signing in to the
 * test.
 * @returns its origin.
 */
export async function webOf(
  program: Program,
  who: Partial<Who> | null = {},
  whenFinished: WhenFinished = onTestFinished,
): Promise<string> {
  const { http, origin } = await listening(whenFinished)
  const ann: Who = {
    ...{
      actor: ANN,
      surface: PLACE.surface,
      workspace: PLACE.workspace,
      locale: 'en',
      words: wordsFor('en'),
    },
    ...{ access: { at: async () => EVERYTHING }, id: 'session:1', scopes: new Set(SCOPES), home: PLACE },
    ...who,
  }
  const hub = serveWeb(http, program.bot, { origin }, who === null ? [] : [async () => ann])
  whenFinished(async () => hub.close())
  return origin
}

/**
 * Same, for all tests of a file that open it as the same person: a server for each test would read, strip and bundle the client
 * each time, and a browser would load it each time.
 */
export function sharedWeb(program: () => Program): (who?: Partial<Who>) => Promise<string> {
  const origins = new Map<Partial<Who>, Promise<string>>()
  const cleanups: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup()
  })
  return (who = ANYBODY) => {
    const origin = origins.get(who) ?? webOf(program(), who, (cleanup) => cleanups.push(cleanup))
    origins.set(who, origin)
    return origin
  }
}

const ANYBODY: Partial<Who> = {}

type WhenFinished = (cleanup: () => Promise<void>) => unknown

/**
 * Same, in local mode, where the person at the machine signs in with a link.
 * @returns a link.
 */
export async function localWebOf(program: Program): Promise<string> {
  const { http, origin } = await listening(onTestFinished)
  const hub = serveWeb(http, program.bot, { origin, isLocal: true })
  onTestFinished(() => hub.close())
  return localLink(program.core, origin)
}

async function listening(whenFinished: WhenFinished): Promise<{ http: HttpHost; origin: string }> {
  const http = await openHttp({ host: '127.0.0.1', port: 0 }, (error) => {
    throw error
  })
  whenFinished(() => http.close())
  return { http, origin: `http://127.0.0.1:${http.port}` }
}
