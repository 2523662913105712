import type { Bot } from '../../handlers/request.ts'
import { addApi } from './api/index.ts'
import { createWebApp } from './app.ts'
import type { HttpHost } from './http.ts'
import { addMaterial } from './material/index.ts'
import { addPages } from './pages.ts'
import type { Authenticate } from './who.ts'

export interface WebSettings {
  /** The origin under which people reach it, without a slash at the end. */
  origin: string
}

/** Serves the studio and the API. */
export function serveWeb(
  http: HttpHost,
  bot: Bot,
  { origin }: WebSettings,
  authenticate: readonly Authenticate[],
): void {
  http.mount('/', createWebApp({ bot, origin, authenticate, parts: [addPages, addApi, addMaterial] }))
}
