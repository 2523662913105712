import type { IsNoun } from './is-noun.ts'
import { withoutParticle } from './keywords.ts'
import { englishFor } from './korean-glossary.ts'

/** Particles that only nouns take, whatever the noun's ending. */
const ONLY_AFTER_NOUNS =
  /^(을|를|의|에|에서|에게|에게서|에서부터|으로|으로부터|로|와|과|까지|부터|처럼|한테|한테서|에는|에도|에서는|에서도|까지는|이라는|이라고|이라도|이란|으로써|으로서|들은|들이|들을|들의|와는|과는)$/u
/** Words that look like a noun with one of these particles but aren't. */
const ADVERBS =
  /(대로|스스로|실제로|정말로|때로|서로|바로|새로|별로|주로|따로|홀로|억지로|저절로|덕분에|때문에|동시에|나중에|이번에|다음에|마지막으로|앞으로|그동안|열심히|빨리|멀리|널리|달리|일찍|그냥|계속|이미|아직|금방|훨씬|가끔|역시|특히|절대|결국|물론|아마|거의|모두|서둘러)$/u
/**
 * The last syllables of verb stems before 는: 팔리는, 만드는, 지키는, 즐기는. Nouns end in them too, so a noun needs more evidence.
 */
const LIKE_A_STEM = /[리기히이지치르하되키추나오가내시보드느으뜨쓰크트프]$/u
/** What follows the subject of a question or statement, but not a verb in front of a noun. */
const AFTER_A_TOPIC =
  /^(왜|어떻|어떤|무엇|무슨|뭐|뭘|언제|어디|누가|얼마|몇|정말|아주|매우|항상|다시|우리|하루|매일|많은)/u
/** Endings of verbs and adjectives, in every form that ends a clause or precedes a noun. */
const VERBAL =
  /(다|요|죠|까|네|군|며|면서|지만|는데|은데|아서|어서|해서|려고|도록|거나|든지|게|고|면|니|던|는|운|른|한|된|인|을|일|질|할|될|릴|린|킨|춘|운|어진|아진|려|져|켜|춰|해|돼|와|줘)$/u
const OUTSIDE = /^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu
/** Final consonants of a past stem or of 있다: nouns hardly ever end in ㅆ, or in two consonants such as ㅀ and ㄶ. */
const VERBAL_FINALS = new Set([3, 5, 6, 9, 11, 12, 13, 14, 15, 18, 20])

/**
 * Nouns as identified by their particles. 는 follows verb stems as well as nouns (잘 팔리는 책, 젤리는 왜): then the next word
 * decides, or the same word elsewhere in the text.
 */
export function isKoreanNoun(text: string): IsNoun {
  const nouns = new Set<string>()
  const words = text.split(/[\s()[\]{}<>「」『』《》“”"«»|]+/u).map((token) => token.replace(OUTSIDE, ''))
  for (const [index, word] of words.entries()) {
    if (!/^\p{L}*\p{Script=Hangul}/u.test(word) || ADVERBS.test(word)) continue
    const noun = withoutParticle(word)
    if (englishFor(word) !== null) nouns.add(word)
    else if (englishFor(noun) !== null || showsNoun(noun, word.slice(noun.length), words[index + 1] ?? ''))
      nouns.add(noun)
  }
  return (word) => nouns.has(word)
}

function showsNoun(noun: string, particle: string, next: string): boolean {
  if (VERBAL_FINALS.has(finalOf(noun))) return false
  // In a word of two syllables, one may be the particle: 팀이, 책은, 밥을.
  if (particle === '')
    return !VERBAL.test(noun) && !(/^.[이은을에]$/u.test(noun) && finalOf(noun.slice(0, 1)) > 0)
  if (ONLY_AFTER_NOUNS.test(particle)) return true
  if (particle === '는') return !LIKE_A_STEM.test(noun) || AFTER_A_TOPIC.test(next)
  // 많이, 다가가, 그래도: a word with these endings may be an adverb or a verb.
  return !/[아어여려켜와워돼]$/u.test(noun)
}

/** The final consonant of the last syllable, in Unicode order; 0 for none. */
function finalOf(word: string): number {
  const code = word.normalize('NFC').charCodeAt(word.length - 1)
  return code >= 0xac00 && code <= 0xd7a3 ? (code - 0xac00) % 28 : 0
}
