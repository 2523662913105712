import * as oauth from 'oauth4webapi'
import { withRetries } from '../../media/download/http-retry.ts'
import { UserError } from '../../model/errors.ts'
import type { AccountProvider, DeviceCode, Grant, LinkAnswer } from '../../model/platform.ts'
import { createChannelLookup } from './channel.ts'
import { askGoogle, codeOf, type OAuthConnection } from './oauth-ask.ts'

/**
 * Uploading, changing and deleting videos, including thumbnails. Unlike `youtube.upload`, it is on the list of scopes for
 * devices: https://developers.google.com/identity/protocols/oauth2/limited-input-device#allowedscopes
 */
const MANAGE = 'https://www.googleapis.com/auth/youtube'
/** Same, plus captions; only in a browser: https://developers.google.com/youtube/v3/docs/captions/insert#auth */
export const FORCE_SSL = 'https://www.googleapis.com/auth/youtube.force-ssl'

/** Google accounts via OAuth 2.0, at the configured addresses. */
export function createGoogleAccounts(
  connection: OAuthConnection,
  apiURL: string,
  clock: () => Date,
): AccountProvider {
  const { clientId, clientSecret } = connection
  const own = { clientId, clientSecret }
  const ask = <T>(client: ClientOf, signal: AbortSignal, work: Parameters<typeof askGoogle<T>>[3]) =>
    withRetries(() => askGoogle(connection, client, signal, work), { signal, retries: 2 })

  const grantOf = (client: ClientOf, answer: oauth.TokenEndpointResponse, before = ''): Grant => ({
    // Includes the client: an account linked on the host may use another client than the bot's, and only that one can
    // renew.
    credentials: { ...client, refreshToken: answer.refresh_token ?? before },
    accessToken: answer.access_token,
    expiresAt:
      answer.expires_in === undefined ? null : new Date(clock().getTime() + answer.expires_in * 1000),
    scopes: (answer.scope ?? '').split(' ').filter((scope) => scope !== ''),
  })

  return {
    async beginLink(signal): Promise<DeviceCode> {
      const answer = await ask(own, signal, async ({ server, client, auth, options }) =>
        oauth.processDeviceAuthorizationResponse(
          server,
          client,
          await oauth.deviceAuthorizationRequest(server, client, auth, { scope: MANAGE }, options),
        ),
      )
      return {
        deviceCode: answer.device_code,
        userCode: answer.user_code,
        address: answer.verification_uri,
        // RFC 8628, 3.2: 5 if the server gives none.
        interval: answer.interval ?? 5,
        expiresAt: new Date(clock().getTime() + answer.expires_in * 1000),
      }
    },

    async askLink(deviceCode, signal): Promise<LinkAnswer> {
      try {
        // Not retried immediately: that would be sooner than the interval allows.
        const answer = await askGoogle(connection, own, signal, async ({ server, client, auth, options }) =>
          oauth.processDeviceCodeResponse(
            server,
            client,
            await oauth.deviceCodeGrantRequest(server, client, auth, deviceCode, options),
          ),
        )
        return { state: 'granted', grant: grantOf(own, answer) }
      } catch (error) {
        switch (codeOf(error)) {
          // RFC 8628, 3.5, and https://developers.google.com/identity/protocols/oauth2/limited-input-device#step-6
          case 'authorization_pending':
            return { state: 'pending' }
          case 'slow_down':
            return { state: 'slow_down' }
          case 'access_denied':
            throw new UserError('link_denied', undefined, { cause: error })
          case 'expired_token':
          case 'invalid_grant':
            throw new UserError('link_expired', undefined, { cause: error })
          default:
            throw error
        }
      }
    },

    async beginConsent(redirect) {
      // RFC 7636 (PKCE) and RFC 8252, 7.3 (loopback): https://developers.google.com/identity/protocols/oauth2/native-app
      const verifier = oauth.generateRandomCodeVerifier()
      const state = oauth.generateRandomState()
      const address = new URL(connection.consentURL)
      address.search = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirect.href,
        response_type: 'code',
        scope: `${MANAGE} ${FORCE_SSL}`,
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        // Without these there is no refresh token if the person has consented before.
        access_type: 'offline',
        prompt: 'consent',
      }).toString()
      return {
        address,
        finish: (back, signal) =>
          // A code can be used only once.
          askGoogle(connection, own, signal, async ({ server, client, auth, options }) => {
            const checked = oauth.validateAuthResponse(server, client, back, state)
            const answer = await oauth.authorizationCodeGrantRequest(
              ...([server, client, auth, checked, redirect.href, verifier, options] as const),
            )
            return grantOf(own, await oauth.processAuthorizationCodeResponse(server, client, answer))
          }).catch((error) => {
            if (codeOf(error) === 'access_denied')
              throw new UserError('link_denied', undefined, { cause: error })
            if (codeOf(error) === 'invalid_grant')
              throw new UserError('link_expired', undefined, { cause: error })
            throw error
          }),
      }
    },

    async renew(credentials, signal) {
      const { refreshToken = '' } = credentials
      const linkedWith = clientOf(credentials, own)
      try {
        const answer = await ask(linkedWith, signal, async ({ server, client, auth, options }) =>
          oauth.processRefreshTokenResponse(
            server,
            client,
            await oauth.refreshTokenGrantRequest(server, client, auth, refreshToken, options),
          ),
        )
        return grantOf(linkedWith, answer, refreshToken)
      } catch (error) {
        // https://developers.google.com/identity/protocols/oauth2#expiration
        if (codeOf(error) === 'invalid_grant')
          throw new UserError('access_ended', undefined, { cause: error })
        throw error
      }
    },

    async revoke(credentials, signal) {
      const { refreshToken = '' } = credentials
      await ask(clientOf(credentials, own), signal, async ({ server, client, auth, options }) =>
        oauth.processRevocationResponse(
          await oauth.revocationRequest(server, client, auth, refreshToken, options),
        ),
      ).catch((error) => {
        // https://developers.google.com/identity/protocols/oauth2/limited-input-device#tokenrevoke: it has already
        // ended.
        if (codeOf(error) !== 'invalid_token') throw error
      })
    },

    channelOf: createChannelLookup(apiURL),

    missingScopes: (scopes) => (scopes.includes(MANAGE) || scopes.includes(FORCE_SSL) ? [] : [MANAGE]),
  }
}

type ClientOf = Pick<OAuthConnection, 'clientId' | 'clientSecret'>

/** The client that the credentials were made with; if that is still ours, with its current secret. */
function clientOf({ clientId, clientSecret }: Record<string, string>, own: ClientOf): ClientOf {
  if (clientId === undefined || clientId === own.clientId) return own
  return { clientId, clientSecret: clientSecret ?? '' }
}
