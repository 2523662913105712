import { figureIn } from './figure.ts'
import { idiomMeaning, withoutIdioms } from './idioms.ts'
import { englishFor } from './korean-glossary.ts'
import { shorten } from './shorten.ts'

interface Content {
  text: string
  /** How much it says about the text's subject. */
  score: number
  /** Its place among all words, so that neighbours can be shown together. */
  index: number
}

const KEYWORD_LENGTH = 40
const QUERY_LENGTH = 100
const STOP_WORDS = new Set(
  `a an the and or but nor so yet if then than that this these those there here it its it's he him his she her hers they them their theirs we us our ours you your yours i me my mine who whom whose which what when where why how
is are was were be been being am do does did done doing have has had having will would shall should can could may might must let's let get gets got make makes made go goes went come comes came take takes took give gives say says said see know think want need like just really very quite too also only even still already almost always never often sometimes ever again once
not no yes of in on at by for with from to into onto about above below over under between through during before after against without within along across behind beyond near up down out off as per via
all any some each every both few many much more most other others another such own same one two three first second last next new old good great big small little long short lot lots thing things way ways something anything nothing everything someone everyone anyone nobody somebody anybody everybody people's because while until since though although however therefore perhaps maybe well now today don't doesn't isn't aren't can't won't didn't wasn't you're we're they're i'm it'll that's there's what's`.split(
    /\s+/,
  ),
)
const KOREAN_STOP = new Set(
  '그 이 저 것 수 등 및 또 또는 그리고 그러나 하지만 그래서 그런데 그러면 그럼 즉 왜 왜냐하면 어떻게 무엇 무엇을 누가 언제 어디 어디서 이것 그것 저것 여기 거기 우리 우리는 나 나는 저는 제가 내가 당신 여러분 너 모두 모든 매우 아주 정말 진짜 너무 더 가장 많이 많은 조금 다시 바로 지금 오늘 이제 먼저 다음 처음 항상 자주 때 때문 때문에 위해 위한 대한 대해 통해 따라 같은 같이 함께 있는 없는 하는 되는 한 두 세 번 안 못 잘 꼭 혹시 만약 안녕하세요 네 예 아니요'.split(
    ' ',
  ),
)
/** Longest first. Particles of one syllable are only removed if two syllables remain. */
const PARTICLES =
  /(에서부터|으로부터|이라는|이라고|에게서|으로써|으로서|까지는|에서는|에서도|이라도|한테서|처럼|까지|부터|에서|에게|으로|라는|라고|보다|마다|조차|한테|이나|이란|들은|들이|들을|들의|와는|과는|에는|에도|은|는|이|가|을|를|의|에|로|와|과|도|만|란)$/u
const COUNT = /^수?[십백천만억]+(명|개|년|번|원|배)?[의이은는]?$/u
/** Verbs and adjectives in clause-final forms; nouns rarely end like this. */
const VERB_ENDING =
  /(니다|니까|어요|아요|여요|해요|예요|에요|세요|까요|네요|군요|지요|죠|였다|았다|었다|한다|된다|하다|되다|했고|하고|되고|하며|하면|되면|하는|되는|했던|지만|는데|면서|아서|어서|해서|도록|려고|하게|있다|없다|이다|고|며)$/u

/** Stems of verbs that precede a noun (만드는 사람): without 는 they look like nouns. */
const VERB_STEMS = new Set(
  '만드 가르치 움직이 사라지 떨어지 알려지 달라지 좋아지 살아가 나타나 일어나 태어나 늘어나 줄어드 돌아가 돌아오 들어가 들어오 나오 마시 느끼 지키 바꾸 생기 남기 부르 모르 흐르 기르 오르 다니 즐기 버리 기다리 올리 내리 그리'.split(
    ' ',
  ),
)

/** The figure, or 1 to 3 words, from a segment's text to show large; at most 40 characters. */
export function keywordFor(text: string, language: string): string {
  const figure = figureIn(text)
  if (figure !== null) return figure
  const contents = contentsOf(text, language)
  const [best] = byScore(contents)
  const shown = best ? withNeighbours(best, contents).map((content) => content.text) : [plain(text)]
  return shorten(shown.join(' '), KEYWORD_LENGTH)
}

/** What to search footage for: up to five words, in English if the text is English or its nouns are known. */
export function searchQueryFor(text: string, language: string): string {
  const contents = contentsOf(text, language)
  const [best] = byScore(contents)
  if (!best) return shorten(idiomMeaning(text) ?? translated([plain(text)]), QUERY_LENGTH)
  const wanted = new Set([...withNeighbours(best, contents), ...byScore(contents).slice(0, 4)])
  const words = contents.filter((content) => wanted.has(content)).map((content) => content.text)
  return shorten(translated(unique(words).slice(0, 5)), QUERY_LENGTH)
}

/** The words that say what a text is about, in order, without stop words and Korean particles. */
export function contentsOf(text: string, language: string): Content[] {
  const contents: Content[] = []
  let startsSentence = true
  let index = 0
  for (const token of tokens(text, language)) {
    const word = token.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}%+#]+$/gu, '')
    const found = /\p{Script=Hangul}/u.test(word) ? korean(word) : latin(word, startsSentence)
    if (found) contents.push({ ...found, index })
    // Words on either side of a punctuation mark don't belong together.
    if (/[,.;:!?…。、，)\]"”’」]$/u.test(token)) index++
    if (word !== '') startsSentence = false
    if (/[.!?:…]["'”’)]*$/u.test(token)) startsSentence = true
    index++
  }
  return contents
}

function tokens(text: string, language: string): string[] {
  // Text in brackets or quotes is separate from the text around it.
  const spaced = withoutIdioms(text)
    .replace(/https?:\/\/\S+|\S+@\S+/g, ' ')
    .replace(/[()[\]{}<>（）［］【】「」『』《》〈〉“”"«»\\|]+/g, ' , ')
    .split(/\s+/)
  return spaced.flatMap((token) =>
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(token)
      ? Array.from(
          new Intl.Segmenter(language, { granularity: 'word' }).segment(token),
          ({ segment }) => segment,
        )
      : [token],
  )
}

function latin(word: string, startsSentence: boolean): { text: string; score: number } | null {
  const plainWord = word.replace(/['’]s$/u, '')
  const letters = plainWord.match(/\p{L}/gu)?.length ?? 0
  if (letters < 2 || /^\p{Script=Hiragana}+$/u.test(plainWord)) return null
  if (STOP_WORDS.has(plainWord.toLowerCase().replace('’', "'"))) return null
  const isName = !startsSentence && /^\p{Lu}/u.test(plainWord)
  const isAdverb = /(ly|ing|ed)$/.test(plainWord)
  return { text: plainWord, score: Math.min(letters, 9) + (isName ? 6 : 0) - (isAdverb ? 4 : 0) }
}

function korean(word: string): { text: string; score: number } | null {
  if (KOREAN_STOP.has(word) || COUNT.test(word)) return null
  const known = englishFor(word)
  if (!known && (VERB_ENDING.test(word) || VERB_STEMS.has(word.slice(0, -1)))) return null
  // Left over after a quote: “좋아”라고.
  if (PARTICLES.exec(word)?.[0] === word) return null
  const noun = known ? word : withoutParticle(word)
  if (KOREAN_STOP.has(noun) || (noun.length < 2 && !englishFor(noun))) return null
  const marked = noun !== word ? 3 : 0
  return { text: noun, score: Math.min(noun.length, 5) + marked + (englishFor(noun) ? 4 : 0) }
}

/** Conservative: a noun may end in what looks like a particle (고양이, 사과), so two syllables must remain. */
export function withoutParticle(word: string): string {
  const particle = PARTICLES.exec(word)?.[0]
  if (!particle || englishFor(word)) return word
  const stem = word.slice(0, -particle.length)
  if (englishFor(stem)) return stem
  // The final consonant decides which particle of each pair follows, so 사과 is not 사 + 과.
  if (hasFinal(stem) ? '가는를와'.includes(particle) : '이은을과'.includes(particle)) return word
  return stem.length >= 2 || (particle.length >= 2 && stem.length >= 1) ? stem : word
}

function hasFinal(word: string): boolean {
  const code = word.charCodeAt(word.length - 1)
  return code >= 0xac00 && code <= 0xd7a3 && (code - 0xac00) % 28 !== 0
}

/** Up to three adjacent content words, e.g. “cold brew coffee”. */
function withNeighbours(best: Content, contents: Content[]): Content[] {
  const shown = [best]
  for (const step of [1, -1]) {
    for (let index = best.index + step; shown.length < 3; index += step) {
      const next = contents.find((content) => content.index === index)
      const length = shown.reduce((sum, { text }) => sum + text.length + 1, 0)
      if (!next || next.score < 4 || length + next.text.length > KEYWORD_LENGTH / 1.6) break
      shown.push(next)
    }
  }
  return shown.sort((a, b) => a.index - b.index)
}

/** In English where possible: only the known Korean words, if there are any. */
function translated(words: string[]): string {
  const known = words.filter((word) => englishFor(word) !== null || !/\p{Script=Hangul}/u.test(word))
  return (known.length > 0 ? known : words).map((word) => englishFor(word) ?? word).join(' ')
}

function unique(words: string[]): string[] {
  return [...new Map(words.map((word) => [word.toLowerCase(), word])).values()]
}

function plain(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}\s'’-]+/gu, ' ').trim()
}

function byScore(contents: Content[]): Content[] {
  return [...contents].sort((a, b) => b.score - a.score || a.index - b.index)
}
