/** A call's consumption, for a draft's cost estimate. */
export interface Usage {
  provider: string
  model: string
  inputTokens?: number
  outputTokens?: number
  characters?: number
  /** Seconds of audio. */
  seconds?: number
}
