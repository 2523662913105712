import { onTestFinished } from 'vitest'
import { EVERYTHING, type Rights } from '../../src/bot/handlers/access.ts'
import type { Program } from '../../src/bot/program/compose.ts'
import { localLink } from '../../src/bot/program/local-link.ts'
import type { Connected } from '../../src/bot/surfaces/surface.ts'
import { openHttp } from '../../src/bot/surfaces/web/http.ts'
import { startWeb, type WebSettings } from '../../src/bot/surfaces/web/start.ts'
import { offerSignIn } from '../../src/core/draft/sessions.ts'
import type { Actor } from '../../src/core/model/people.ts'
import { PLACE } from './people.ts'

export interface StudioServer {
  /** The address it listens on. */
  address: string
  surface: Connected
  /** A sign-in link for the person at the machine. */
  link(): Promise<string>
  /** Opens a link and presses its button. */
  press(link: string, headers?: Record<string, string>): Promise<Response>
  /** Follows a link. @returns the cookie, as a browser would send it. */
  signIn(link?: string): Promise<string>
  /** Same, for a person of the platform on which tests start their drafts. */
  signInAs(actor: Actor, locale?: string): Promise<string>
  /** What they may do there; by default everything. */
  rights: Map<string, Rights>
}

/**
 * The studio of a program as `npm start` serves it.
 * @param settings a public address set here simulates a proxy in front of it.
 */
export async function studioServer(
  program: Program,
  settings: Partial<WebSettings> = {},
): Promise<StudioServer> {
  const http = await openHttp({ host: '127.0.0.1', port: 0 }, (error) => {
    throw error
  })
  const address = `http://127.0.0.1:${http.port}`
  const surface = await startWeb(http, program.bot, { origin: address, isLocal: true, ...settings })
  onTestFinished(async () => {
    await surface.refuse()
    await surface.stop()
  })
  const link = () => localLink(program.core, address)
  const press: StudioServer['press'] = async (opened, headers = {}) => {
    const page = await fetch(opened, { headers })
    const [, code = ''] = /name="code" value="([^"]*)"/.exec(await page.text()) ?? []
    const body = new URLSearchParams({ code })
    return fetch(`${address}/sign-in`, { method: 'POST', redirect: 'manual', body, headers })
  }
  const rights = new Map<string, Rights>()
  program.bot.members.register(PLACE.surface, {
    access: (_workspace, personId) => ({ at: async () => rights.get(personId) ?? EVERYTHING }),
  })
  const signIn = async (opened?: string) => {
    const answer = await press(opened ?? (await link()))
    return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
  return {
    ...{ address, surface, link, press, signIn, rights },
    async signInAs(actor, locale = 'en') {
      const code = await offerSignIn(program.core, { actor, home: PLACE, locale, draftId: null })
      return signIn(`${address}/sign-in/${code}`)
    },
  }
}
