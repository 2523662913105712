import type { Platform } from '../../core/model/platform.ts'
import { createGoogleAccounts } from '../../core/providers/youtube/oauth.ts'
import { createYouTubeUploads } from '../../core/providers/youtube/uploads.ts'
import { type Settings, SettingsError } from './config.ts'

const OAUTH = 'https://oauth2.googleapis.com'
const CONSENT = 'https://accounts.google.com'
const API = 'https://www.googleapis.com'

/** The configured video platforms. @throws SettingsError if one is only partly set up. */
export function platformsFor(settings: Settings, clock: () => Date): Platform[] {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret, GOOGLE_OAUTH_URL } = settings
  if (clientId === undefined && clientSecret === undefined) return []
  if (clientId === undefined || clientSecret === undefined)
    throw new SettingsError('Set both GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET, or neither.')
  const connection = {
    ...{ clientId, clientSecret, oauthURL: GOOGLE_OAUTH_URL ?? OAUTH },
    consentURL: `${GOOGLE_OAUTH_URL ?? CONSENT}/o/oauth2/v2/auth`,
  }
  const apiURL = settings.GOOGLE_API_URL ?? API
  return [
    {
      name: 'youtube',
      accounts: createGoogleAccounts(connection, apiURL, clock),
      uploads: createYouTubeUploads({ apiURL, isOverridden: settings.GOOGLE_API_URL !== undefined }),
    },
  ]
}
