import { describe, expect, test } from 'vitest'
import { failureText } from '../../../src/bot/words/failures.ts'
import { wordsFor } from '../../../src/bot/words/index.ts'
import { ProviderError, UserError } from '../../../src/core/model/errors.ts'
import { allFailed, storedFailure, storedReasons } from '../../../src/core/model/failure.ts'

const EN = wordsFor('en')
const KO = wordsFor('ko')
const down = new ProviderError('pexels', 'unavailable', 'Pexels is having problems (500).')
const full = new ProviderError('pixabay', 'rate_limited', 'Pixabay has reached its request limit for now.')

describe('what went wrong, as it is stored', () => {
  test('is said in the language of its reader, with all that it consists of', () => {
    const stored = storedFailure(allFailed('footage_failed', [down, full]))
    expect(failureText(EN, stored)).toBe(`The footage could not be loaded: ${down.message} ${full.message}`)
    const detail = `${KO.providerFailed.unavailable('Pexels')} ${KO.providerFailed.rate_limited('Pixabay')}`
    expect(failureText(KO, stored)).toBe(KO.errors.footage_failed({ detail }))
  })

  test.each([
    [
      'with parameters',
      new UserError('assets_missing', { segments: '2' }),
      KO.errors.assets_missing({ segments: '2' }),
    ],
    ['without', new UserError('disk_full'), KO.errors.disk_full(undefined)],
    ['that nobody can understand', new TypeError('x is undefined'), KO.errors.internal_failure(undefined)],
    ['of a full disk', Object.assign(new Error('no'), { code: 'ENOSPC' }), KO.errors.disk_full(undefined)],
  ])('an error %s', (_, error, sentence) => {
    expect(failureText(KO, storedFailure(error))).toBe(sentence)
    expect(failureText(EN, storedFailure(error))).toMatch(/^[A-Z][^\t{]+\.$/)
  })

  test('remarks on what stands in for something', () => {
    const stored = storedReasons([down, new UserError('other_voice', { provider: 'espeak' })])
    const other = KO.errors.other_voice({ provider: 'espeak' })
    expect(failureText(KO, stored)).toBe(`${KO.providerFailed.unavailable('Pexels')} ${other}`)
    expect(failureText(EN, stored)).toBe(`${down.message} Voice used instead: Built-in voice.`)
  })

  test('a sentence of an older version is shown as it is', () => {
    expect(failureText(KO, 'The disk is full.')).toBe('The disk is full.')
    expect(failureText(KO, null)).toBe('')
  })
})
