import { expect, it } from 'vitest'
import { watchProviders } from '../../../../src/bot/program/metrics/watch-providers.ts'
import { ProviderError, type ProviderFailure } from '../../../../src/core/model/errors.ts'
import type {
  FootageCandidate,
  FootageProvider,
  ScriptProvider,
} from '../../../../src/core/model/providers.ts'

const QUERY = {
  query: 'tea',
  keyword: 'tea',
  format: 'square',
  minDuration: 1,
  seed: '1',
  index: 0,
  limit: 1,
} as const

/** A provider with private state, as classes have. */
class Library implements FootageProvider {
  readonly name = 'library'
  readonly #failures: (ProviderFailure | 'defect' | null)[]

  constructor(...failures: (ProviderFailure | 'defect' | null)[]) {
    this.#failures = failures
  }

  async search(): Promise<FootageCandidate[]> {
    const failure = this.#failures.shift() ?? null
    if (failure === 'defect') throw new TypeError('a defect')
    if (failure !== null) throw new ProviderError(this.name, failure, 'Not today.')
    return []
  }

  async fetch() {}
  async thumbnail() {}
}

function watched(...footage: FootageProvider[]) {
  const counted: string[] = []
  const providers = watchProviders({ script: [], voice: [], footage, music: [] }, (provider, failure) =>
    counted.push(`${provider} ${failure}`),
  )
  const search = (signal = new AbortController().signal) =>
    (providers.footage[0] ?? expect.fail()).search(QUERY, signal).catch((error: unknown) => error)
  return { counted, search }
}

it('counts what a provider could not do, and passes it on', async () => {
  const { counted, search } = watched(new Library('unavailable', 'rate_limited', null))
  expect(await search()).toBeInstanceOf(ProviderError)
  expect(await search()).toBeInstanceOf(ProviderError)
  expect(await search()).toEqual([])
  expect(counted).toEqual(['library unavailable', 'library rate_limited'])
})

it('does not count ordinary answers, and what was cancelled', async () => {
  const { counted, search } = watched(
    new Library('nothing_found', 'refused', 'unavailable', 'defect', 'unavailable'),
  )
  await search()
  await search()
  expect(await search(AbortSignal.abort('cancelled'))).toBeInstanceOf(ProviderError)
  expect(await search()).toBeInstanceOf(TypeError)
  expect(counted).toEqual([])
  // A timeout is not a cancellation.
  await search(AbortSignal.abort(new DOMException('too slow', 'TimeoutError')))
  expect(counted).toEqual(['library unavailable'])
})

it('leaves a provider as it is: its name, and what it cannot do', () => {
  const script: ScriptProvider = {
    name: 'plain',
    write: async () => {
      throw new ProviderError('plain', 'unavailable', 'No.')
    },
  }
  const [seen] = watchProviders({ script: [script], voice: [], footage: [], music: [] }, () => {}).script
  expect([seen?.name, seen?.rewrite]).toEqual(['plain', undefined])
})
