/** The token that requests carry, renewed when it has to be. */
export interface Access {
  token(signal: AbortSignal): Promise<string>
  /** Another one, after the platform refused this one. @throws UserError `access_ended` when there is none. */
  instead(refused: string, signal: AbortSignal): Promise<string>
}
