import type { CheckResult } from '../../../core/providers/check.ts'
import { SurfaceError } from '../../surfaces/surface.ts'
import { localOrigin } from '../../surfaces/web/origins.ts'
import { type Settings, SettingsError } from '../config.ts'
import { takesEvents } from '../configured-surfaces.ts'
import { openWebAddress } from '../web-address.ts'

/** Milliseconds for Rushes to answer that it is using the port. */
const PATIENCE = 2000

/** Reports where the studio is or would be, and whether the port is available. */
export async function checkWeb(settings: Settings): Promise<CheckResult> {
  const { HOST, PORT, WEB_URL, DISCORD_TOKEN, SLACK_BOT_TOKEN } = settings
  const http = WEB_URL?.startsWith('http:')
    ? ' Use https: over http, anyone on the way can take over a session.'
    : ''
  if (PORT !== 0 && (await isOurs(localOrigin(HOST, PORT))))
    return {
      ok: true,
      sentence: `Rushes is running. The studio is at ${WEB_URL ?? localOrigin(HOST, PORT)}.${http}`,
    }
  try {
    const hasChats = (DISCORD_TOKEN ?? SLACK_BOT_TOKEN) !== undefined
    const besides = { hasChats, takesEvents: takesEvents(settings) }
    const { http: server, origin, note } = await openWebAddress(settings, besides, () => undefined)
    await server?.close()
    if (origin === null) return { ok: false, sentence: note ?? '' }
    return { ok: true, sentence: `PORT ${PORT} on ${HOST} is free. The studio will be at ${origin}.${http}` }
  } catch (error) {
    if (!(error instanceof SettingsError || error instanceof SurfaceError)) throw error
    return { ok: false, sentence: error.message }
  }
}

/** Whether Rushes answers there. */
async function isOurs(origin: string): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/sign-in/none`, { signal: AbortSignal.timeout(PATIENCE) })
    return (await answer.text()).includes('action="/sign-in"')
  } catch {
    return false
  }
}
