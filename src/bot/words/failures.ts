import type { ErrorCode, ProviderError } from '../../core/errors.ts'
import { type Reason, readFailure } from '../../core/failure.ts'
import type { Words } from './en.ts'

/** What a row says went wrong, in the reader's language; the stored sentence where it is of an older version. */
export function failureText(words: Words, stored: string | null | undefined): string {
  const { sentence, reasons } = readFailure(stored ?? '')
  return allSentences(words, reasons ?? []) ?? sentence
}

/** A provider's error in the reader's language. */
export function providerSentence(words: Words, { provider, failure, message }: ProviderError): string {
  return words.providerFailed(provider, failure) ?? message
}

/** Null where this language has no words of its own for one of them. */
function allSentences(words: Words, reasons: Reason[]): string | null {
  const sentences = reasons.map((reason) => sentenceOf(words, reason))
  return sentences.length === 0 || sentences.includes(null) ? null : sentences.join(' ')
}

function sentenceOf(words: Words, reason: Reason): string | null {
  if ('provider' in reason) return words.providerFailed(reason.provider, reason.failure)
  if (!isKnown(words, reason.code)) return null
  const detail = reason.because.length > 0 ? allSentences(words, reason.because) : undefined
  if (detail === null) return null
  // The code decides the type of the parameters; they were those of the error when it was stored.
  const sentence: (params: never) => string = words.errors[reason.code]
  return sentence({ ...reason.params, ...(detail !== undefined && { detail }) } as never)
}

function isKnown(words: Words, code: string): code is ErrorCode {
  return Object.hasOwn(words.errors, code)
}
