import { SurfaceError } from '../surfaces/surface.ts'
import { type HttpHost, openHttp } from '../surfaces/web/http.ts'
import { isLoopback, localOrigin } from '../surfaces/web/origins.ts'
import { type Settings, SettingsError } from './config.ts'

/** What listens on HOST and PORT, and what is served there. */
export interface WebAddress {
  /** Null where the port could not be had, and the chats can do without. */
  http: HttpHost | null
  /** The address of the studio; null where it is not served. */
  origin: string | null
  /** What the person who starts the program should know. */
  note: string | null
}

/** What is set up besides. */
export interface Besides {
  /** Whether there is a chat, which works without the studio. */
  hasChats: boolean
  /** Whether a chat sends its events here. */
  takesEvents: boolean
}

/**
 * @throws SettingsError or SurfaceError, one line each, where nothing can be done without this address.
 */
export async function openWebAddress(
  { HOST: host, PORT: port, WEB_URL: publicOrigin }: Settings,
  { hasChats, takesEvents }: Besides,
  onError: (error: Error) => void,
): Promise<WebAddress> {
  const isHidden = publicOrigin === undefined && !isLoopback(host)
  if (isHidden && !hasChats) throw new SettingsError(`${OPEN_TO_ALL} Without WEB_URL, leave HOST out.`)
  // Nothing else than the studio would listen there.
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
