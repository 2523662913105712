import type { Access } from './access.ts'
import type { UploadTarget } from './upload-target.ts'

/**
 * The ports to video platforms: how a channel is linked, and how a film gets there. A platform is one object that has both;
 * its implementation is one folder under src/core/providers. What goes wrong is a ProviderError where another try may help, and a
 * UserError where it would not.
 */

/** What a platform gave us to act for a channel. */
export interface Grant {
  /** What renews it, and whatever else the platform needs for that. Secret. */
  credentials: Record<string, string>
  /** Secret. */
  accessToken: string
  /** Null where the platform does not say. */
  expiresAt: Date | null
  scopes: string[]
}

/** What somebody enters at an address of the platform, from any device. */
export interface DeviceCode {
  /** What we ask with whether they have. Secret. */
  deviceCode: string
  userCode: string
  address: string
  /** Seconds between two questions, at least. */
  interval: number
  expiresAt: Date
}

export type LinkAnswer =
  | { state: 'pending' }
  /** We asked too often. */
  | { state: 'slow_down' }
  | { state: 'granted'; grant: Grant }

export interface Channel {
  id: string
  title: string
}

/** Consent in a browser on this machine. */
interface Consent {
  /** Where the browser is sent. */
  address: URL
  /** @param back the address that the browser came back to. @throws UserError when it was refused, or is not the answer to this. */
  finish(back: URL, signal: AbortSignal): Promise<Grant>
}

export interface AccountProvider {
  /** @throws UserError `client_refused`, ProviderError. */
  beginLink(signal: AbortSignal): Promise<DeviceCode>
  /** @throws UserError `link_denied`, `link_expired`, `client_refused`; ProviderError. */
  askLink(deviceCode: string, signal: AbortSignal): Promise<LinkAnswer>
  /** @param redirect an address on this machine at which the caller listens. */
  beginConsent(redirect: URL): Promise<Consent>
  /** @throws UserError `access_ended` where only a new link helps, `client_refused`; ProviderError. */
  renew(credentials: Record<string, string>, signal: AbortSignal): Promise<Grant>
  /** Takes the access back at the platform; one that has ended already is no error. @throws ProviderError */
  revoke(credentials: Record<string, string>, signal: AbortSignal): Promise<void>
  /** @throws UserError `account_without_channel`, `upload_refused`; ProviderError. */
  channelOf(access: Access, signal: AbortSignal): Promise<Channel>
  /** What is missing to upload with these scopes; empty when nothing is. */
  missingScopes(scopes: readonly string[]): string[]
}

export interface Platform {
  /** As rows have it, e.g. `youtube`. */
  readonly name: string
  readonly accounts: AccountProvider
  readonly uploads: UploadTarget
}
