import type { Access } from './access.ts'
import type { UploadTarget } from './upload-target.ts'

/**
 * The ports to video platforms: linking channels and uploading films. A platform is one object with both; its
 * implementation is one folder in src/core/providers. Errors are a ProviderError if a retry may help, and a UserError if
 * not.
 */

/** A platform's grant to act for a channel. */
export interface Grant {
  /** The refresh token, and whatever else the platform needs to renew access. Secret. */
  credentials: Record<string, string>
  /** Secret. */
  accessToken: string
  /** Null if the platform doesn't say. */
  expiresAt: Date | null
  scopes: string[]
}

/** The code that a person enters on the platform's page, from any device. */
export interface DeviceCode {
  /** With this we ask whether they have entered it. Secret. */
  deviceCode: string
  userCode: string
  address: string
  /** Minimum seconds between two polls. */
  interval: number
  expiresAt: Date
}

export type LinkAnswer =
  | { state: 'pending' }
  /** We polled too often. */
  | { state: 'slow_down' }
  | { state: 'granted'; grant: Grant }

export interface Channel {
  id: string
  title: string
}

/** Consent in a browser on this machine. */
interface Consent {
  /** The page to open in the browser. */
  address: URL
  /**
   * @param back the address that the browser was redirected to. @throws UserError if consent was refused, or if this isn't
   * the matching response.
   */
  finish(back: URL, signal: AbortSignal): Promise<Grant>
}

export interface AccountProvider {
  /** @throws UserError `client_refused`, ProviderError. */
  beginLink(signal: AbortSignal): Promise<DeviceCode>
  /** @throws UserError `link_denied`, `link_expired`, `client_refused`; ProviderError. */
  askLink(deviceCode: string, signal: AbortSignal): Promise<LinkAnswer>
  /** @param redirect an address on this machine where the caller is listening. */
  beginConsent(redirect: URL): Promise<Consent>
  /** @throws UserError `access_ended` if only linking again helps, `client_refused`; ProviderError. */
  renew(credentials: Record<string, string>, signal: AbortSignal): Promise<Grant>
  /** Revokes access at the platform; access that has already ended isn't an error. @throws ProviderError */
  revoke(credentials: Record<string, string>, signal: AbortSignal): Promise<void>
  /** @throws UserError `account_without_channel`, `upload_refused`; ProviderError. */
  channelOf(access: Access, signal: AbortSignal): Promise<Channel>
  /** The scopes missing for uploads; empty if none are. */
  missingScopes(scopes: readonly string[]): string[]
}

export interface Platform {
  /** As stored in rows, e.g. `youtube`. */
  readonly name: string
  readonly accounts: AccountProvider
  readonly uploads: UploadTarget
}
