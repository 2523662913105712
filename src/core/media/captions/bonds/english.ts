import { BOND, type Word } from './bond.ts'
import {
  AFTER_UNITS,
  AUXILIARIES,
  baseOf,
  CONJUNCTIONS,
  CONTRACTED,
  COPULAS,
  DETERMINERS,
  INTENSIFIERS,
  isAdjective,
  isFixedPair,
  isFunctionWord,
  isVerb,
  MIXED_PARTICLES,
  NAME_PARTICLES,
  NUMBERED,
  NUMBERS,
  OBJECTS,
  PHRASAL,
  PHRASAL_MIXED,
  PREPOSITIONS,
  PURE_PARTICLES,
  SUBJECTS,
  TRAILING,
  UNITS,
} from './english-words.ts'

const AFTER_NAMES =
  /^(jr|sr|inc|ltd|co|corp|llc|plc|phd|ph\.d|md|ad|bc|bce|ce|am|pm|a\.m|p\.m|a\.d|b\.c|ii|iii|iv|vi|vii|viii|xiv|xvi)$/

/**
 * How closely two English words belong together: the best breaks are between a content word and a word that only introduces
 * others ("the herder | with his flock").
 */
export function englishBond(word: Word, next: Word): number {
  const [a, b] = [word.lower, next.lower]
  const backwards = bondOfPlace(word, next)
  if (backwards !== null) return backwards
  if (isFixedPair(a, b)) return BOND.fixed
  const counted = bondOfNumbers(word, next)
  if (counted !== null) return counted
  const phrasal = bondOfParticle(word, next)
  if (phrasal !== null) return phrasal
  if (isName(word) && isName(next)) return BOND.fixed
  const leaning = bondOfLeaning(word, next)
  if (leaning !== null) return leaning
  return bondOfContent(word, next)
}

/** Names, and words that always belong to the previous word. */
function bondOfPlace(word: Word, next: Word): number | null {
  const b = next.lower
  if (AFTER_NAMES.test(b) && !isFunctionWord(word.lower)) return BOND.fixed
  if (TRAILING.has(b) && !isFunctionWord(word.lower)) return BOND.fixed
  if (b === 'ago') return BOND.fixed
  if (NAME_PARTICLES.has(b) && /^\p{Lu}/u.test(word.core) && /^\p{Lu}/u.test(next.after?.core ?? ''))
    return BOND.fixed
  if (NAME_PARTICLES.has(word.lower) && /^\p{Lu}/u.test(next.core)) return BOND.fixed
  // Bank of America.
  if (/^(of|the)$/.test(b) && isName(word) && !word.isFirst && /^(\p{Lu}|the$)/u.test(next.after?.core ?? ''))
    return BOND.tight
  return null
}

function isNumber({ core, lower }: Word): boolean {
  return (
    /^[$£€¥₩#]?\p{N}/u.test(core) ||
    NUMBERS.has(lower) ||
    (lower.includes('-') && NUMBERS.has(lower.slice(0, lower.indexOf('-'))))
  )
}

function bondOfNumbers(word: Word, next: Word): number | null {
  const [a, b] = [word.lower, next.lower]
  if (UNITS.has(a) && AFTER_UNITS.has(b)) return /^(later|earlier)$/.test(b) ? BOND.firm : BOND.fixed
  // No one, someone; "this one is".
  const isPronoun =
    a === 'one' && /^(no|some|any|every|this|that|each|which|the)$/.test(word.before?.lower ?? '')
  if (isNumber(word) && !isPronoun) {
    if (isNumber(next) || !isFunctionWord(b)) return BOND.fixed
    if (b === 'of') return BOND.tight
    // Three and a half, a hundred and five.
    if (b === 'and' && next.after && (isNumber(next.after) || next.after.lower === 'a')) return BOND.close
    return null
  }
  if (!isNumber(next) || !/^[$£€¥₩#]?\p{N}/u.test(next.core)) return null
  if (NUMBERED.has(a) || (/^\p{Lu}/u.test(word.core) && !isFunctionWord(a) && !word.isHeadline))
    return BOND.fixed
  return null
}

function bondOfParticle(word: Word, next: Word): number | null {
  const [a, b] = [word.lower, next.lower]
  const isPure = PURE_PARTICLES.has(b)
  if (isPure || MIXED_PARTICLES.has(b)) {
    if (PHRASAL.has(baseOf(a)) && (isPure || PHRASAL_MIXED.has(baseOf(a))))
      return isPure ? BOND.fixed : BOND.tight
    // Turn it off; give them back.
    if (isPure && OBJECTS.has(a) && word.before && PHRASAL.has(baseOf(word.before.lower))) return BOND.fixed
  }
  const isAfterVerb = word.before !== null && PHRASAL.has(baseOf(word.before.lower))
  if (PURE_PARTICLES.has(a) && isAfterVerb) return isFunctionWord(b) ? BOND.weak : BOND.close
  // "Carried on | as if", but "turned on the lights".
  const isParticle = MIXED_PARTICLES.has(a) && PHRASAL_MIXED.has(baseOf(word.before?.lower ?? ''))
  if (isParticle && (PREPOSITIONS.has(b) || CONJUNCTIONS.has(b))) return BOND.weak
  return null
}

/** Whether a capital indicates a name rather than the beginning of a sentence. */
function isName({ core, lower, isFirst, isHeadline }: Word): boolean {
  if (isHeadline || !/^\p{Lu}/u.test(core) || isFunctionWord(lower)) return false
  return !isFirst || !(isAdjective(lower) || isVerb(lower) || INTENSIFIERS.has(lower))
}

/** Words that depend on the next one; null for content words. */
function bondOfLeaning(word: Word, next: Word): number | null {
  const [a, b] = [word.lower, next.lower]
  if (SUBJECTS.has(a) || CONTRACTED.test(a)) return BOND.fixed
  if (b === 'not' || b === "n't") return BOND.fixed
  if (a === 'there' || a === 'here') return AUXILIARIES.has(b) ? BOND.fixed : null
  if (a === 'her' && !isFunctionWord(b)) return BOND.fixed
  if (OBJECTS.has(a)) return bondOfObject(word, next)
  if (AUXILIARIES.has(a)) return bondOfAuxiliary(word, next)
  if (a === 'enough' && word.before && !isFunctionWord(word.before.lower)) return null
  if (DETERMINERS.has(a) && a !== 'that') return bondOfDeterminer(word, next)
  if (INTENSIFIERS.has(a) && isNumber(next)) return BOND.tight
  if (PREPOSITIONS.has(a)) return CONJUNCTIONS.has(b) ? BOND.tight : BOND.fixed
  if (/^(what|who|which|where|when|why|how)$/.test(a) && AUXILIARIES.has(b)) return BOND.fixed
  // "What if | the whole story" is better than "the whole | story".
  if (CONJUNCTIONS.has(a)) return SUBJECTS.has(b) || CONTRACTED.test(b) || a === 'than' ? BOND.fixed : 10
  if (INTENSIFIERS.has(a)) return bondOfAdverb(word, next)
  return null
}

/** "All of them", "more to come", "this is", "each with": not every determiner precedes a noun. */
function bondOfDeterminer(word: Word, next: Word): number {
  const isAlone =
    /^(all|both|some|many|most|more|each|any|this|these|those|enough|few|several|half|much|less|such|either|neither)$/.test(
      word.lower,
    )
  if (isAlone && AUXILIARIES.has(next.lower)) return BOND.fixed
  if (isAlone && (CONJUNCTIONS.has(next.lower) || (PREPOSITIONS.has(next.lower) && next.lower !== 'of')))
    return BOND.weak
  return BOND.fixed
}

/** It, you, them: the subject of the following words or the object of the previous ones. */
function bondOfObject(word: Word, next: Word): number {
  const [a, b] = [word.lower, next.lower]
  const maySubject = a === 'it' || a === 'you'
  if (maySubject && (AUXILIARIES.has(b) || isVerb(b))) return BOND.fixed
  if (!isFunctionWord(b) || AUXILIARIES.has(b)) {
    const isObject =
      word.before !== null && (PREPOSITIONS.has(word.before.lower) || isVerb(word.before.lower))
    if (maySubject && !isObject) return BOND.fixed
    return /ly$/.test(b) || INTENSIFIERS.has(b) ? BOND.weak : BOND.close
  }
  return CONJUNCTIONS.has(b) ? BOND.clause : BOND.free
}

function bondOfAuxiliary(word: Word, next: Word): number {
  const b = next.lower
  // "As it is", "what they are for".
  if (b === 'to') return BOND.close
  if (CONJUNCTIONS.has(b) && b !== 'what' && b !== 'how' && b !== 'where' && b !== 'why') return BOND.close
  if ((INTENSIFIERS.has(b) || /ly$/.test(b)) && !AUXILIARIES.has(b)) return BOND.tight
  if (!COPULAS.has(word.lower)) return BOND.fixed
  if (AUXILIARIES.has(b) || SUBJECTS.has(b) || OBJECTS.has(b)) return BOND.fixed
  if (/(ed|ing|en|wn|ught|own|un|ung)$/.test(b) || isVerb(b)) return BOND.fixed
  return isFunctionWord(b) ? BOND.close : BOND.tight
}

function bondOfAdverb(word: Word, next: Word): number | null {
  const b = next.lower
  const isAfterAuxiliary =
    word.before !== null && (AUXILIARIES.has(word.before.lower) || CONTRACTED.test(word.before.lower))
  if (isAfterAuxiliary && (!isFunctionWord(b) || AUXILIARIES.has(b))) return BOND.fixed
  if (
    /^(then|now|first|finally|soon|sometimes|usually|perhaps|maybe|ever|still|already|also|often|always|rarely)$/.test(
      word.lower,
    )
  )
    return isFunctionWord(b) ? BOND.weak : BOND.close
  return CONJUNCTIONS.has(b) ? BOND.close : BOND.fixed
}

/** Between a content word and whatever follows. */
function bondOfContent(word: Word, next: Word): number {
  const [a, b] = [word.lower, next.lower]
  const isOwner = /(\p{L}'s|s')$/u.test(a)
  if (isOwner) return isFunctionWord(b) && AUXILIARIES.has(b) ? BOND.close : BOND.firm
  if (OBJECTS.has(b)) return bondBeforePronoun(word, next)
  if (SUBJECTS.has(b) || CONTRACTED.test(b)) return BOND.clause
  if (CONJUNCTIONS.has(b)) return isShortPair(word, next) ? BOND.close : BOND.clause
  if (AUXILIARIES.has(b)) return isAdverb(a) ? BOND.close : 1.8
  if (b === 'of') return 3.5
  // Have to, want to, able to.
  if (b === 'to') return isVerb(a) || /^(able|likely|about|ready)$/.test(a) ? BOND.weak : 1.8
  if (PREPOSITIONS.has(b)) return 0.9
  if (DETERMINERS.has(b)) return isVerb(a) ? 1.5 : 1.1
  if (isAdjective(a)) return isAdverb(b) || AFTER_UNITS.has(b) ? BOND.weak : isAdjective(b) ? 14 : BOND.tight
  const isAfterDeterminer = word.before !== null && DETERMINERS.has(word.before.lower)
  // A growing company, the roasted beans.
  if (isAfterDeterminer && /(ing|ed)$/.test(a)) return BOND.tight
  if (isAdverb(a)) return isAdjective(b) || isVerb(b) ? BOND.tight : BOND.close
  if (INTENSIFIERS.has(b) || isAdverb(b)) return BOND.weak
  if (isVerb(b) || /ed$/.test(b)) return isAfterDeterminer && !/(ed|s)$/.test(b) ? BOND.close : 3.5
  return isVerb(a) ? BOND.close : 8
}

function isAdverb(word: string): boolean {
  return (
    /.{2}ly$/.test(word) &&
    !isAdjective(word) &&
    !/^(family|supply|reply|apply|fly|italy|july|belly|bully|jelly|assembly|butterfly)$/.test(word)
  )
}

/** A verb and a pronoun belong together unless the pronoun begins a clause: "I hope | it works". */
function bondBeforePronoun(word: Word, next: Word): number {
  const after = next.after?.lower ?? ''
  const beginsClause =
    (next.lower === 'it' || next.lower === 'you') &&
    /\p{L}$/u.test(next.raw) &&
    (AUXILIARIES.has(after) || (isVerb(after) && !/ing$/.test(after)))
  if (next.lower === 'her' && after !== '' && !isFunctionWord(after) && /\p{L}$/u.test(next.raw)) return 1.5
  if (beginsClause) return /^(let|make|help)s?$/.test(word.lower) ? BOND.fixed : BOND.clause
  return BOND.fixed
}

/** Salt and pepper. */
function isShortPair(word: Word, next: Word): boolean {
  const after = next.after
  if (!/^(and|or)$/.test(next.lower) || !after || isFunctionWord(after.lower)) return false
  return (
    word.core.length + after.core.length <= 14 &&
    (word.before === null || !isVerb(after.lower) || isAdjective(word.lower))
  )
}

/** Whether a word begins sentences rather than names: In the U.S. The … */
export function isEnglishStarter({ lower }: Word): boolean {
  return isFunctionWord(lower) || INTENSIFIERS.has(lower)
}
