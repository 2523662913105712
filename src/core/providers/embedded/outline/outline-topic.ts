import { abbreviationEnd } from '../../../model/text/abbreviations.ts'
import { contentsOf } from '../../script/keywords.ts'
import { englishFor } from '../../script/korean-glossary.ts'
import { particle } from '../../script/particles.ts'
import { shorten } from '../../script/shorten.ts'

/** How a topic is worded inside sentences. */
export interface SpokenTopic {
  /** Its form inside a sentence; a question or a sentence is put in quotes. */
  name: string
  /** The text that decides its particles. */
  heard: string
}

const MARKS = /[\s.,!?…。！？、:;]+$/u
/** Recognises a question, command or statement by its first word; “How to tie a tie” isn't a noun either. */
const ENGLISH_OPENING =
  /^(why|how|what|when|where|who|which|is|are|was|were|do|does|did|can|could|should|will|i|i'm|you|he|she|it|it's|we|they|there|if|because|let|let's|don't|never|please|explain|describe|tell|show|teach|make|build|learn|stop|start|try|get|give|take|find|create|write|draw|use|avoid|choose|discover|explore|imagine|remember|meet|save|keep|grow|fix|compare|talk|think)\s/i
const ENGLISH_VERB =
  /\s(is|are|was|were|isn't|aren't|has|have|had|will|won't|can|can't|cannot|could|should|must|does|doesn't|do|don't|did|didn't)\s/i
const KOREAN_SENTENCE = /(까|나요|가요|습니다|니다|어요|아요|해요|예요|이다|한다|된다|는가|은가|인가|을까)$/u
/** 하늘은 왜 파란가: most question endings also end nouns (전문가, 바나나), so a question word must come before. */
const KOREAN_QUESTION =
  /(^|\s)(왜|어떻게|무엇|뭐|뭘|누가|누구|언제|어디|얼마나|어느|무슨|과연)\S*\s.*(가|나|지|냐|니|까)$/u

/**
 * A topic as a noun that fits any sentence.
 * @param most characters; a longer topic is replaced by `instead` (“this topic”)
 */
export function spokenTopic(topic: string, most: number, instead: string): SpokenTopic {
  const plain = topic.trim().replace(/\s+/g, ' ')
  const bare = withoutEndMark(plain)
  if (bare.length > most) return { name: instead, heard: instead }
  if (isSentence(plain)) return { name: `“${bare.replace(/[“”"]/g, "'")}”`, heard: bare }
  // “The history of tea” isn't a name: inside a sentence it starts in lower case.
  const name = bare.replace(/^(The|A|An)(?= )/, (word) => word.toLowerCase())
  return { name, heard: name }
}

/** True for a question, a command or a statement, in English or Korean. */
export function isSentence(topic: string): boolean {
  const bare = withoutEndMark(topic.trim())
  return (
    /[?？!！]$/u.test(topic.trim()) ||
    /[.!?。！？]\s/u.test(
      bare.replace(/[\p{L}.]+\.(?=\s)/gu, (word) => (isAbbreviation(word) ? '' : word)),
    ) ||
    ENGLISH_OPENING.test(bare.replaceAll('’', "'")) ||
    ENGLISH_VERB.test(bare.replaceAll('’', "'")) ||
    KOREAN_SENTENCE.test(bare) ||
    KOREAN_QUESTION.test(bare)
  )
}

/** Removes the marks that end a sentence; the full stop of an abbreviation stays. */
function withoutEndMark(topic: string): string {
  const last = topic.split(' ').at(-1) ?? ''
  return isAbbreviation(last) ? topic : topic.replace(MARKS, '') || topic
}

function isAbbreviation(word: string): boolean {
  const letters = /^([\p{L}.]{2,})\.$/u.exec(word)?.[1]
  return letters !== undefined && abbreviationEnd(letters) !== null && abbreviationEnd(letters) !== 'number'
}

/**
 * Fills `{topic}`, `{topic:은/는}`, `{part}` and `{part:을/를}`; an English sentence starts with a capital, unless it starts
 * with a name that doesn't (iPhone).
 */
export function fillLine(text: string, topic: SpokenTopic, part = ''): string {
  const filled = text.replace(
    /\{(topic|part)(?::([^}]+))?\}/g,
    (_, slot: string, pair: string | undefined) => {
      const { name, heard } = slot === 'topic' ? topic : { name: part, heard: part }
      return pair ? name + particle(heard, pair) : name
    },
  )
  if (/\p{Script=Hangul}/u.test(text) || /^\p{Ll}+\p{Lu}/u.test(filled)) return filled
  return filled.replace(/^\p{Ll}/u, (first) => first.toUpperCase())
}

/** Up to three words of the topic for a footage search, in English if they are known. */
export function searchWords(topic: string, language: string): string {
  const contents = new Map(
    contentsOf(topic, language).map((content) => [content.text.toLowerCase(), content]),
  )
  const words = [...contents.values()]
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .sort((a, b) => a.index - b.index)
    .map(({ text }) => text)
  const english = words.flatMap((word) => englishFor(word) ?? (/\p{Script=Hangul}/u.test(word) ? [] : [word]))
  return shorten((english.length > 0 ? english : words.slice(0, 2)).join(' '), 60)
}

/** The topic in one to three words, to show large. */
export function topicKeyword(topic: string): string {
  return shorten(withoutEndMark(topic.trim()), 40)
}
