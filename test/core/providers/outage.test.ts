import { describe, expect, it } from 'vitest'
import { ProviderError, type ProviderFailure } from '../../../src/core/model/errors.ts'
import { createOutage, type OutageOptions } from '../../../src/core/providers/outage.ts'

function service(options: OutageOptions = {}) {
  let now = 0
  let asked = 0
  const outage = createOutage({ now: () => now, ...options })
  return {
    fails: null as ProviderFailure | null,
    asked: () => asked,
    wait: (seconds: number) => {
      now += seconds * 1000
    },
    ask(insist = false): Promise<string> {
      return outage(insist, async () => {
        asked += 1
        if (this.fails) throw new ProviderError('stock', this.fails, 'Stock is closed.')
        return 'found'
      })
    },
  }
}

describe('an outage', () => {
  it('is not asked about for a minute, save by a person', async () => {
    const stock = service()
    stock.fails = 'unavailable'
    await expect(stock.ask()).rejects.toThrow('closed')
    stock.wait(59)
    await expect(stock.ask()).rejects.toMatchObject({ failure: 'unavailable', message: 'Stock is closed.' })
    expect(stock.asked()).toBe(1)
    await expect(stock.ask(true)).rejects.toThrow('closed')
    stock.wait(59)
    await expect(stock.ask()).rejects.toThrow('closed')
    expect(stock.asked()).toBe(2)
    stock.wait(1)
    stock.fails = null
    expect(await stock.ask()).toBe('found')
    expect(await stock.ask()).toBe('found')
  })

  it('is over for everybody when a person found it over', async () => {
    const stock = service()
    stock.fails = 'unavailable'
    await expect(stock.ask()).rejects.toThrow()
    stock.fails = null
    expect(await stock.ask(true)).toBe('found')
    expect(await stock.ask()).toBe('found')
  })

  it('takes as many failures in a row as are told, and none that an answer is', async () => {
    const stock = service({ failures: 2 })
    for (const fails of ['unavailable', null, 'bad_answer', 'nothing_found', 'unavailable'] as const) {
      stock.fails = fails
      await stock.ask().catch(() => null)
    }
    expect(stock.asked()).toBe(5)
    await stock.ask().catch(() => null)
    await stock.ask().catch(() => null)
    expect(stock.asked()).toBe(6)
  })
})
