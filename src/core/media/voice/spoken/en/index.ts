import { addressRules } from '../addresses.ts'
import { type Manner, quick } from '../scan.ts'
import { CODE_RULES, NUMBER_RULES, SPAN_RULES } from './codes.ts'
import { cardinal } from './numbers.ts'
import { QUANTITIES } from './quantities.ts'
import { TIMES, YEARS } from './times.ts'
import { ABBREVIATION_RULES, SIGN_RULES } from './words.ts'

/** English, as read aloud in the United States. */
export const ENGLISH: Manner = {
  rules: quick([
    ...addressRules({
      ...{ dot: 'dot', at: 'at', dash: 'dash', underscore: 'underscore', plus: 'plus' },
      ...{ hashtag: 'hashtag', mention: 'at', figures: cardinal },
    }),
    ...ABBREVIATION_RULES,
    ...TIMES,
    ...CODE_RULES,
    ...YEARS,
    ...QUANTITIES,
    ...SPAN_RULES,
    ...NUMBER_RULES,
    ...SIGN_RULES,
  ]),
  separates: (_side, character) => /[\p{L}\p{M}\p{N}]/u.test(character),
}
