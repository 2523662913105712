import { SurfaceError } from '../surfaces/surface.ts'
import { type HttpHost, openHttp } from '../surfaces/web/http.ts'
import { isLoopback, localOrigin } from '../surfaces/web/origins.ts'
import { type Settings, SettingsError } from './config.ts'

/** The server on HOST and PORT, and what it serves. */
export interface WebAddress {
  /** Null if the port wasn't available and the chats can do without it. */
  http: HttpHost | null
  /** The studio's address; null if it isn't served. */
  origin: string | null
  /** What the person who starts the program should know. */
  note: string | null
}

/** What else is configured. */
export interface Besides {
  /** Whether there is a chat platform, which works without the studio. */
  hasChats: boolean
  /** Whether a chat platform sends its events here. */
  takesEvents: boolean
}

/**
 * @throws SettingsError or SurfaceError, one line each, if nothing works without this address.
 */
export async function openWebAddress(
  { HOST: host, PORT: port, WEB_URL: publicOrigin }: Settings,
  { hasChats, takesEvents }: Besides,
  onError: (error: Error) => void,
): Promise<WebAddress> {
  const isHidden = publicOrigin === undefined && !isLoopback(host)
  if (isHidden && !hasChats) throw new SettingsError(`${OPEN_TO_ALL} Without WEB_URL, leave HOST out.`)
  // Only the studio would be served there.
  if (isHidden && !takesEvents) return { http: null, origin: null, note: `${OFF} ${OPEN_TO_ALL}` }
  try {
    const http = await openHttp({ host, port }, onError)
    if (isHidden) return { http, origin: null, note: `${OFF} ${OPEN_TO_ALL}` }
    return { http, origin: publicOrigin ?? localOrigin(host, http.port), note: null }
  } catch (error) {
    if (!(error instanceof SurfaceError) || takesEvents || !hasChats) throw error
    return { http: null, origin: null, note: `${OFF} ${error.message}` }
  }
}

const OFF = 'The studio is off.'
const OPEN_TO_ALL =
  'HOST opens Rushes to other machines, so WEB_URL has to say at which address people reach it, for example https://rushes.example.com.'
