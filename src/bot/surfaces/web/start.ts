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
  /** The origin under which people reach it, without a slash at the end. */
  origin: string
  /** True where no chat is connected, and the studio is all that there is. */
  isLocal?: boolean
  attempts?: Attempts
  times?: Partial<HubTimes>
}

/** Milliseconds that requests in progress get when the program stops. */
const GRACE = 2500

/** Serves the studio and the API, and closes `http` when it is stopped. */
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

/** The same for a server that goes on. @param authenticate who is asked besides the cookie of who is signed in. */
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
      // A token says more of who asks than a cookie that a browser happens to have.
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
