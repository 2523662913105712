/** The access token for requests, renewed when necessary. */
export interface Access {
  token(signal: AbortSignal): Promise<string>
  /** A new token, after the platform rejected this one. @throws UserError `access_ended` if there is none. */
  instead(refused: string, signal: AbortSignal): Promise<string>
}
