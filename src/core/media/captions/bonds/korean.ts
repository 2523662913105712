import { BOND, type Word } from './bond.ts'
import {
  ADVERBS,
  AUXILIARY_AFTER,
  CONNECTIVE,
  COUNTERS,
  DEGREE,
  DEPENDENT,
  DETERMINERS,
  isAdnominal,
  isNumeral,
  isParticleAlone,
  LONG_DEGREE,
  POSTPOSITION_VERBS,
  POSTPOSITIONS,
  SUPPORT_VERB,
  TITLES,
} from './korean-words.ts'

const PARTICLE =
  /(?:은|는|이|가|을|를|에|에서|에게|에게서|께|께서|한테|으로|로|으로서|로서|으로써|로써|와|과|랑|이랑|하고|도|만|까지|부터|마저|조차|마다|보다|처럼|같이|이나|나|이라도|라도|이며|이란|란|에는|에도|에서는|에서도|으로는|로는|와는|과는|만큼|대로|밖에|든지|이든)$/u

/** How closely two Korean words belong together. */
export function koreanBond(word: Word, next: Word): number {
  const [a, b] = [word.core, next.core]
  // A continuation after a closing quote: “좋아” 라고 했다.
  if (
    /^(이?라고|이?라는|이?라며|이?라면서|하고|하며|라던|란)(?!\p{L}{3})/u.test(b) &&
    /["”’'」』]$/u.test(word.raw)
  )
    return BOND.fixed
  if (/[,;:.!?…—–、。，]["'”’)」』]*$/u.test(word.raw)) return BOND.phrase
  if (isParticleAlone(b)) return BOND.fixed
  const numbers = bondOfNumbers(a, b)
  if (numbers !== null) return numbers
  if (DETERMINERS.has(a)) return BOND.fixed
  if (DEGREE.has(a)) return BOND.fixed
  if (LONG_DEGREE.has(a)) return 10
  if (TITLES.test(b) && /^\p{L}{1,5}$/u.test(a) && !PARTICLE.test(a.slice(1))) return BOND.fixed
  if (bindsBackwards(a, b)) return BOND.fixed
  if (AUXILIARY_AFTER.some(([ending, auxiliary]) => ending.test(a) && auxiliary.test(b))) return BOND.fixed
  if (/의$/u.test(a) && a.length > 3 && (isNumeral(b) || DETERMINERS.has(b))) return BOND.close
  // Long ones may end a line if the next word doesn't fit.
  if (isAdnominal(a) || /\p{sc=Hangul}의$/u.test(a)) return a.length <= 3 ? BOND.firm : BOND.tight
  if (SUPPORT_VERB.test(b) && !PARTICLE.test(a) && !CONNECTIVE.test(a)) return BOND.fixed
  return bondOfRest(word, next)
}

function bondOfNumbers(a: string, b: string): number | null {
  if (!isNumeral(a)) return null
  if (isNumeral(b) || COUNTERS.test(b)) return BOND.fixed
  // A bare number belongs to the next word, even if that isn't a listed counter.
  return /^\p{N}+[.,]?\p{N}*$/u.test(a) || /^(한|두|세|네)$/u.test(a) ? BOND.fixed : null
}

/** Dependent nouns, postpositions, and verbs that go with a preceding particle. */
function bindsBackwards(a: string, b: string): boolean {
  if (DEPENDENT.some(([before, noun]) => noun.test(b) && before.test(a))) return true
  if (POSTPOSITIONS.test(b) && !/(?:은|는|을|를|에서|으로|에게|도|만|부터)$/u.test(a)) return true
  return POSTPOSITION_VERBS.some(([particle, verb]) => particle.test(a) && verb.test(b))
}

/** A date continues: 2026년 3월 5일. */
const DATE = /^\p{N}+(년|월|일|시)$/u

function bondOfRest(word: Word, next: Word): number {
  const [a, b] = [word.core, next.core]
  if (DATE.test(a) && /^\p{N}/u.test(b)) return BOND.fixed
  if (CONNECTIVE.test(a)) return BOND.clause
  if (/^(그리고|그래서|하지만|그런데|그러나|또한|또는|혹은|및|그러면|따라서|즉)$/u.test(a))
    return /^(및|또는|혹은|즉)$/u.test(a) ? BOND.fixed : BOND.weak
  if (/^(그리고|그래서|하지만|그런데|그러나|및|또는|혹은)$/u.test(b)) return BOND.clause
  if (ADVERBS.has(a)) return BOND.weak
  const isLast = /[.!?…。！？]["'”’)」』]*$/u.test(next.raw)
  // An object and its verb, or a complement and its copula.
  if (/(을|를)$/u.test(a) && a.length > 1) return isLast ? 4 : 2
  if (/(이|가)$/u.test(a) && /^(아니|아닌|되|된|됐|됩|될|있|없|많|적)/u.test(b))
    return /^(되|된|됐|됩|될|아니|아닌)/u.test(b) ? BOND.tight : BOND.close
  if (/(와|과|랑|하고)$/u.test(a) && a.length > 1) return BOND.weak
  if (PARTICLE.test(a) && a.length > 1) return isLast ? BOND.weak : BOND.free
  // A noun without a particle belongs to the next one: 기후 변화.
  return BOND.close
}
