import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { inTimeOrNull } from '../../../src/core/draft/in-time.ts'
import { ProviderError } from '../../../src/core/model/errors.ts'

const lines: string[] = []
const log = pino({}, { write: (line: string) => void lines.push(line) })
const never = new AbortController().signal

/** Doesn't answer until it is aborted. */
function silent(signal: AbortSignal): Promise<string> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

describe('inTimeOrNull', () => {
  it('is the answer, or null after a failure or too long a silence', async () => {
    expect(await inTimeOrNull({ log }, 'stock', 30, never, async () => 'found')).toBe('found')
    const fails = async () => {
      throw new ProviderError('stock', 'unavailable', 'Stock is closed.')
    }
    expect(await inTimeOrNull({ log }, 'stock', 30, never, fails)).toBeNull()
    expect(await inTimeOrNull({ log }, 'stock', 0.05, never, silent)).toBeNull()
    expect(lines).toHaveLength(2)
    expect(lines.join()).toContain('Stock is closed.')
  })

  it('ends with the reason when it is cancelled, and with what is no failure of the provider', async () => {
    const reason = new Error('enough')
    await expect(inTimeOrNull({ log }, 'stock', 30, AbortSignal.abort(reason), silent)).rejects.toBe(reason)
    const broken = async () => {
      throw reason
    }
    await expect(inTimeOrNull({ log }, 'stock', 30, never, broken)).rejects.toBe(reason)
  })
})
