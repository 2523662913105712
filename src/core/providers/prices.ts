import type { Usage } from '../model/usage.ts'
import { OPENAI } from './openai/name.ts'

/** US dollars. Tokens and characters per million, seconds per minute of audio. */
interface Price {
  inputTokens?: number
  outputTokens?: number
  characters?: number
  minutes?: number
}

/** The date on which the prices below were published; they are an estimate, not a bill. */
export const PRICES_DATE = '2026-06-27'

/**
 * OpenAI's list prices (https://platform.openai.com/docs/pricing), standard tier. gpt-4o-mini-tts is billed by audio
 * tokens, about $0.015 a minute; at 15 characters a second, a million characters are 1111 minutes.
 */
const PRICES: Record<string, Price> = {
  'gpt-5.6-sol': { inputTokens: 5, outputTokens: 30 },
  'gpt-5.6-terra': { inputTokens: 2.5, outputTokens: 15 },
  'gpt-5.6-luna': { inputTokens: 1, outputTokens: 6 },
  'gpt-5.5': { inputTokens: 5, outputTokens: 30 },
  'gpt-5.4': { inputTokens: 2.5, outputTokens: 15 },
  'gpt-5.4-mini': { inputTokens: 0.75, outputTokens: 4.5 },
  'gpt-5.4-nano': { inputTokens: 0.2, outputTokens: 1.25 },
  'gpt-5.1': { inputTokens: 1.25, outputTokens: 10 },
  'gpt-5': { inputTokens: 1.25, outputTokens: 10 },
  'gpt-5-mini': { inputTokens: 0.25, outputTokens: 2 },
  'gpt-5-nano': { inputTokens: 0.05, outputTokens: 0.4 },
  'gpt-4.1': { inputTokens: 2, outputTokens: 8 },
  'gpt-4.1-mini': { inputTokens: 0.4, outputTokens: 1.6 },
  'gpt-4.1-nano': { inputTokens: 0.1, outputTokens: 0.4 },
  'gpt-4o': { inputTokens: 2.5, outputTokens: 10 },
  'gpt-4o-mini': { inputTokens: 0.15, outputTokens: 0.6 },
  'gpt-4o-mini-tts': { characters: 16.7 },
  'tts-1': { characters: 15 },
  'tts-1-hd': { characters: 30 },
  'whisper-1': { minutes: 0.006 },
}

export interface CostEstimate {
  /** US dollars, for everything with a known price. */
  usd: number
  /** Models without a known price (on a self-hosted server, or newer than the table), in order of use. */
  unknownModels: string[]
  /** Read and written by the models. */
  tokens: number
  /** Sent to the speech service. */
  characters: number
}

/** The cost of a draft's calls at the list prices of PRICES_DATE. Embedded providers cost nothing. */
export function estimateCost(usages: readonly Usage[]): CostEstimate {
  let [usd, tokens, characters] = [0, 0, 0]
  const unknown = new Set<string>()
  for (const usage of usages) {
    if (usage.provider !== OPENAI) continue
    const price = priceOf(usage.model)
    tokens += (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0)
    characters += usage.characters ?? 0
    if (price === null) unknown.add(usage.model)
    else usd += cost(usage, price)
  }
  return { usd, unknownModels: [...unknown], tokens, characters }
}

function cost(usage: Usage, price: Price): number {
  const tokens =
    (usage.inputTokens ?? 0) * (price.inputTokens ?? 0) +
    (usage.outputTokens ?? 0) * (price.outputTokens ?? 0)
  const perMillion = tokens + (usage.characters ?? 0) * (price.characters ?? 0)
  return perMillion / 1_000_000 + ((usage.seconds ?? 0) / 60) * (price.minutes ?? 0)
}

/**
 * What calls to a billing service count as, in US dollars. A model without a known price counts as the most expensive in
 * the table: too much rather than nothing.
 */
export function chargeFor(usages: readonly Usage[]): number {
  return usages.reduce((sum, usage) => sum + cost(usage, priceOf(usage.model) ?? DEAREST), 0)
}

const dearest = (part: keyof Price) => Math.max(...Object.values(PRICES).map((price) => price[part] ?? 0))
const DEAREST: Price = {
  inputTokens: dearest('inputTokens'),
  outputTokens: dearest('outputTokens'),
  characters: dearest('characters'),
  minutes: dearest('minutes'),
}

/** A dated snapshot (`gpt-5.4-mini-2026-03-17`) costs what its model costs. */
function priceOf(model: string): Price | null {
  const name = model.replace(/-\d{4}-\d{2}-\d{2}$/, '')
  return Object.hasOwn(PRICES, name) ? (PRICES[name] ?? null) : null
}
