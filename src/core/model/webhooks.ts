/** The address notified of finished videos, and the secret by which its owner can verify that it is us. */
export interface WebhookTarget {
  url: string
  /** `whsec_` and base64, as in https://www.standardwebhooks.com. */
  secret: string
}

export interface WebhookMessage {
  /** The same for all attempts. */
  id: string
  /** JSON. */
  body: string
  /** The time of this attempt. */
  sentAt: Date
}

/** Delivers messages to people's addresses. */
export interface Webhooks {
  /** The operator's webhook, for workspaces without their own; null for none. */
  readonly usual: WebhookTarget | null
  /** @throws UserError `webhook_address` for an address that isn't allowed, as far as the address itself reveals that. */
  check(url: string): void
  /**
   * Makes one attempt to deliver a message. Only the response's status counts.
   * @param isOwn true for an address set by the workspace, which must be publicly reachable on the internet.
   * @returns `gone` if the address says that nothing should be sent there any more.
   * @throws ProviderError for failures that may be temporary; UserError `webhook_address`.
   */
  deliver(
    target: WebhookTarget,
    message: WebhookMessage,
    options: { isOwn: boolean; signal: AbortSignal },
  ): Promise<'delivered' | 'gone'>
}

/** Why an address is rejected, in English. */
export const ENGLISH_ADDRESS_TROUBLES = {
  no_address: 'is not a web address.',
  not_https: 'must begin with https://.',
  password: 'cannot contain a name or a password. Use an address with a token instead.',
  private:
    'leads to a private network, which is not allowed here. Ask an admin about WEBHOOK_ALLOWED_NETWORKS.',
}
export type WebhookAddressTrouble = keyof typeof ENGLISH_ADDRESS_TROUBLES
