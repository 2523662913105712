/** Where somebody is told of finished videos, and with what they can tell that it is us. */
export interface WebhookTarget {
  url: string
  /** `whsec_` and base64, as https://www.standardwebhooks.com has it. */
  secret: string
}

export interface WebhookMessage {
  /** The same for every attempt. */
  id: string
  /** JSON. */
  body: string
  /** Of this attempt. */
  sentAt: Date
}

/** How messages get to addresses that people have set. */
export interface Webhooks {
  /** The operator's, for workspaces without one of their own; null for none. */
  readonly usual: WebhookTarget | null
  /** @throws UserError `webhook_address` for one that is not called, as far as that can be seen in it. */
  check(url: string): void
  /**
   * Delivers a message once. Nothing of an answer but its status counts.
   * @param isOwn true for an address that the workspace has set: that is called only where everybody on the internet could.
   * @returns `gone` where the address says that nothing is to be sent there any more.
   * @throws ProviderError for what may be different later; UserError `webhook_address`.
   */
  deliver(
    target: WebhookTarget,
    message: WebhookMessage,
    options: { isOwn: boolean; signal: AbortSignal },
  ): Promise<'delivered' | 'gone'>
}

/** What is wrong with an address, in English. */
export const ENGLISH_ADDRESS_TROUBLES = {
  no_address: 'is not a web address.',
  not_https: 'must begin with https://.',
  password: 'cannot contain a name or a password. Use an address with a token instead.',
  private:
    'leads to a private network, which is not allowed here. Ask an admin about WEBHOOK_ALLOWED_NETWORKS.',
}
export type WebhookAddressTrouble = keyof typeof ENGLISH_ADDRESS_TROUBLES
