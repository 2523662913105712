/** What a call consumed, for the cost estimate of a draft. */
export interface Usage {
  provider: string
  model: string
  inputTokens?: number
  outputTokens?: number
  characters?: number
  /** Seconds of audio. */
  seconds?: number
}
