import type { ErrorCode } from '../../core/model/error-messages.ts'
import type { ProviderError } from '../../core/model/errors.ts'
import { type Reason, readFailure } from '../../core/model/failure.ts'
import { en, type Words } from './en.ts'
import { providerName } from './provider-name.ts'

/** A stored failure in the reader's language; the stored sentence itself if it comes from an older version. */
export function failureText(words: Words, stored: string | null | undefined): string {
  const { sentence, reasons } = readFailure(stored ?? '')
  // The stored sentence is English.
  if (words === en || reasons === null || !reasons.every((reason) => isKnown(words, reason))) return sentence
  return reasons.map((reason) => sentenceOf(words, reason)).join(' ')
}

/** A provider's error in the reader's language. */
export function providerSentence(words: Words, { provider, failure, message }: ProviderError): string {
  return words === en ? message : words.providerFailed[failure](providerName(words, provider))
}

function sentenceOf(words: Words, reason: Reason): string {
  if ('provider' in reason) return words.providerFailed[reason.failure](providerName(words, reason.provider))
  const detail = reason.because.map((each) => sentenceOf(words, each)).join(' ')
  // The code determines the parameters' type; they are the error's parameters from when it was stored.
  const sentence: (params: never) => string = words.errors[reason.code as ErrorCode]
  return sentence({ ...reason.params, ...(detail !== '' && { detail }) } as never)
}

/** False for an error of another version of Rushes. */
function isKnown(words: Words, reason: Reason): boolean {
  return 'provider' in reason || Object.hasOwn(words.errors, reason.code)
}
