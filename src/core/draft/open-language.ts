import { UserError } from '../model/errors.ts'
import { readFailure, storedReasons } from '../model/failure.ts'
import { LANGUAGES, type Language } from '../model/formats.ts'
import { likelyLanguage } from '../model/language-likely.ts'
import type { DraftRequest } from './create-input.ts'

/**
 * A script's language, examined further if it was only guessed so far.
 * @returns the language, with a notice for people as written by `storedReasons` if it is still uncertain
 */
export async function settleLanguage(
  script: string,
  { language, isLanguageOpen }: Pick<DraftRequest, 'language' | 'isLanguageOpen'>,
): Promise<{ language: string; notice: string | null }> {
  if (!isLanguageOpen) return { language, notice: null }
  const likely = await likelyLanguage(script)
  const known = LANGUAGES.find((each): each is Language => each === likely.language) ?? language
  if (likely.isSure) return { language: known, notice: null }
  return { language: known, notice: storedReasons([new UserError('language_guessed', { language: known })]) }
}

/** True for a draft whose language was neither chosen nor determined with certainty. */
export function hasOpenLanguage({ notice }: { notice: string | null }): boolean {
  const reasons = notice === null ? null : readFailure(notice).reasons
  return reasons?.some((reason) => 'code' in reason && reason.code === 'language_guessed') ?? false
}
