import { StaleEditError, type UserError } from '../../core/model/errors.ts'
import { en, type Words } from './en.ts'
import { ko } from './ko.ts'

export type { Words } from './en.ts'

const CATALOGUES: Record<string, Words> = { en, ko }

/** The texts for a locale such as `ko`, `ko-KR` or `en-GB`; English if there is no catalogue. */
export function wordsFor(locale: string | null | undefined): Words {
  const language = (locale ?? '').toLowerCase().split(/[-_]/)[0] ?? ''
  return (Object.hasOwn(CATALOGUES, language) ? CATALOGUES[language] : undefined) ?? en
}

/** A UserError's message in the reader's language. */
export function errorSentence(words: Words, error: UserError | StaleEditError): string {
  if (error instanceof StaleEditError) return words.private.stale(error.changedBy || words.somebody)
  // The code determines the parameters' type, which the compiler can't follow through a lookup.
  const sentence: (params: never) => string = words.errors[error.code]
  return sentence(error.params as never)
}
