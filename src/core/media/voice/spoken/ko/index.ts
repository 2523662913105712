import { addressRules } from '../addresses.ts'
import { type Manner, quick } from '../scan.ts'
import { CODE_RULES, NUMBER_RULES } from './codes.ts'
import { COUNTER_RULES } from './counters.ts'
import { agreeing, cardinal } from './numbers.ts'
import { QUANTITIES } from './quantities.ts'
import { TIMES } from './times.ts'
import { SIGN_RULES, WORD_RULES } from './words.ts'

export const KOREAN: Manner = {
  rules: quick([
    ...addressRules({
      ...{ dot: '점', at: '골뱅이', dash: '대시', underscore: '밑줄', plus: '플러스' },
      ...{ hashtag: '해시태그', mention: '골뱅이', figures: cardinal },
    }),
    ...TIMES,
    ...CODE_RULES,
    ...COUNTER_RULES,
    ...QUANTITIES,
    ...WORD_RULES,
    ...NUMBER_RULES,
    ...SIGN_RULES,
  ]),
  // 제1회 is one word; particles and counters attach to what precedes them.
  separates: (side, character) =>
    side === 'before'
      ? /[\p{L}\p{M}\p{N}]/u.test(character) && character !== '제'
      : /[\p{Script=Latin}\p{N}]/u.test(character),
  agree: agreeing,
}
