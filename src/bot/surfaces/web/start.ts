import type { Bot } from '../../handlers/request.ts'
import type { Connected } from '../surface.ts'
import { addApi } from './api/index.ts'
import { tokenAuth } from './api/token-auth.ts'
import { createWebApp } from './app.ts'
import { draftOf } from './draft-of.ts'
import { EventHub, type HubTimes } from './events/hub.ts'
import { addEvents } from './events/routes.ts'
import type { HttpHost } from './http.ts'
import { LOCAL, LOCAL_MEMBERS } from './local.ts'
import { addMaterial } from './material/index.ts'
import { isLoopback } from './origins.ts'
import { addPages } from './pages.ts'
import { type Attempts, LocalAttempts } from './sessions/attempts.ts'
import { signedIn } from './sessions/authenticate.ts'
import { addSignIn } from './sessions/sign-in.ts'
import { addSharedFiles } from './shared-files.ts'
import type { Authenticate } from './who.ts'

export interface WebSettings {
  /** The origin at which people reach it, without a trailing slash. */
  origin: string
  /** True if no chat is connected and the studio is the only surface. */
  isLocal?: boolean
  attempts?: Attempts
  times?: Partial<HubTimes>
}

/** Milliseconds that requests in progress are given when the program stops. */
const GRACE = 2500

/** Serves the studio and the API, and closes `http` when stopped. */
export async function startWeb(http: HttpHost, bot: Bot, settings: WebSettings): Promise<Connected> {
  const hub = serveWeb(http, bot, settings)
  return {
    notes: settings.isLocal ? [] : [`Studio: ${settings.origin}`],
    downSince: () => null,
    async refuse() {
      hub.close()
      await http.close(GRACE)
    },
    stop: () => http.close(),
  }
}

/**
 * Same, but leaves the server running. @param authenticate further ways to authenticate, besides tokens and the session
 * cookie.
 */
export function serveWeb(
  http: HttpHost,
  bot: Bot,
  { origin, isLocal = false, attempts = new LocalAttempts(), times }: WebSettings,
  authenticate: readonly Authenticate[] = [],
): EventHub {
  const hub = new EventHub(bot, (who, draftId) => draftOf(bot, who, draftId), times)
  Object.assign(bot.studio, { origin, isLocal, isPublic: !isLoopback(new URL(origin).hostname) })
  bot.members.register(LOCAL.surface, LOCAL_MEMBERS)
  bot.threads.withoutThreads(LOCAL.surface)
  http.mount(
    '/',
    createWebApp({
      ...{ bot, origin },
      // Tokens first: a token is sent on purpose, a cookie just happens to be in the browser.
      authenticate: [tokenAuth(bot), ...authenticate, signedIn(bot, origin)],
      parts: [
        addPages,
        addApi,
        addMaterial,
        addSharedFiles,
        (app) => addSignIn(app, { bot, origin, attempts }),
        (app) => addEvents(app, bot, hub),
      ],
    }),
  )
  return hub
}
