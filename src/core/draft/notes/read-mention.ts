/** What a person wants to note on which segments. */
export interface Said {
  /** Positions of segments, from 1; empty for the segment replied to. */
  places: number[]
  words: string
  /** True if it should be a note in any case, not a suggestion. */
  isNote: boolean
}

/** Maximum number of notes per message. */
const MOST = 20

const CARDINALS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
]
const ORDINALS_KO = ['첫', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열']

const NOUN = '(?:segments?|seg|scenes?|parts?|clips?|cards?|slides?)'
const NOUN_KO = '(?:장면|세그먼트|씬|컷|파트|클립|카드)'
const LABEL = `(?:${NOUN}\\.?\\s*#?|(?:no|nr|number)\\.?\\s*#?|[#№]|${NOUN_KO})`
const PARTICLE = '(?:은|는|이|가|을|를|의|에|도|만|에서|에는|부분은|부분을|부분)?'
const NUMBER = `(?:\\d{1,3}|${CARDINALS.join('|')})`
const BETWEEN = '\\s*(?:,|&|\\+|/|[-–—~]|\\band\\b|\\bto\\b|와|과|하고|및|에서)\\s*'
const listOf = (number: string) => `${number}(?:번?${BETWEEN}${number})*`
/** What can follow a segment's number: punctuation or a space. Digits would make it a time or a fraction. */
const SIGN = '(?:\\s*[:.)\\],;](?!\\d)|\\s+[-–—](?=\\s)|[-–—](?=\\s)|\\s+[-–—](?!\\d))'
const END = `(?:${SIGN}+|(?=\\s|$))`

/** The ways in which a line can start with segments, in normalised characters. The second group is for an explicit number. */
const PREFIXES = [
  // “segment 2 calmer”, “seg 2: …”, “#2 …”, “segments 2 and 3: …”, “장면 2는 …”
  `${LABEL}\\s*(${listOf(NUMBER)})(?:번)?${PARTICLE}${END}`,
  // “2nd segment: …”, “the second scene …”
  `(?:the\\s+)?(\\d{1,3}(?:st|nd|rd|th)|${ORDINALS.join('|')})(?:\\s+(?:${NOUN}|one)${END}|${SIGN}+)`,
  // “2번째 장면은 …”, “두 번째: …”
  `((?:\\d{1,3}|${ORDINALS_KO.join('|')})\\s*번째)(?:\\s*${NOUN_KO})?${PARTICLE}${END}`,
  // “2번 장면: …”
  `(${listOf('\\d{1,3}')})번(?:\\s*${NOUN_KO}${PARTICLE}${END}|${PARTICLE}${SIGN}+)`,
]
/** “2: …”, and if nothing else identifies the segment: “2. …”, “2 - …”, “[2] …”, “2번 …”. */
const COLON = `[([]?(${listOf('\\d{1,3}')})[)\\]]?\\s*:(?!\\d)`
const LOOSE = [
  `[([]?(${listOf('\\d{1,3}')})[)\\]]?${SIGN}+`,
  `[([](${listOf('\\d{1,3}')})[)\\]](?=\\s|$)`,
  `(${listOf('\\d{1,3}')})번${PARTICLE}(?=\\s|$)`,
]
/** “2 calmer”, for a message that doesn't otherwise mention a segment. */
const BARE = '(\\d{1,3})(?=\\s+\\S)'

/** Segments mentioned within a sentence: “make segment 2 calmer”, “두 번째 장면을 짧게”. */
const WITHIN = new RegExp(
  [
    `(?<![\\p{L}\\p{N}])${NOUN}\\.?\\s*#?(${NUMBER})(?![\\p{L}\\p{N}])`,
    `(?<![\\p{L}\\p{N}&])[#№]\\s?(\\d{1,3})(?![\\p{L}\\p{N}])`,
    `(?<![\\p{L}\\p{N}])(\\d{1,3}(?:st|nd|rd|th)|${ORDINALS.join('|')})\\s+${NOUN}(?![\\p{L}\\p{N}])`,
    `(?<!\\p{N})((?:\\d{1,3}|${ORDINALS_KO.join('|')})\\s*번째)`,
    `(?<!\\p{N})(\\d{1,3})번`,
    `${NOUN_KO}\\s*(\\d{1,3})`,
  ].join('|'),
  'giu',
)

/** “note 2: …”, “2: note: …”, “메모 2번 …” */
const NOTE =
  /^(?:(?:a\s+)?(?:note|comment|memo)(?:\s+(?:on|for|to|about))?(?:\s*[:,-]+|(?=\s))|(?:메모|노트)(?:\s*[:,-]+|(?=\s)))\s*/i
/** Markup and symbols before the relevant text. */
const FRONT = /^[\s*_~`>•·,;:–—-]+/

/**
 * Parses which segments a message is about, and what it says about them: “2: calmer”, “segment 2 calmer”, “2번: 더 차분하게”, one
 * line per segment. Mentions have already been removed.
 * @param isAnswer true for a reply to a segment's message, which is meant unless another segment is clearly named.
 * @returns an empty list if that is unclear.
 */
export function readMention(text: string, isAnswer: boolean): Said[] {
  const lines = text
    .normalize('NFKC')
    .split('\n')
    .map((line) => line.replace(FRONT, '').trimEnd())
  const items: Said[] = []
  const intro: string[] = []
  let isList = false
  for (const line of lines) {
    const last = items.at(-1)
    // A list below “2:” is about segment 2.
    isList ||= last?.words === ''
    const found = beginning(line, isAnswer || isList)
    if (found) {
      items.push(found)
      isList = false
    } else if (last) last.words = `${last.words}\n${line}`.trim()
    else intro.push(line)
  }
  const before = intro.join('\n').trim()
  if (items.length === 0) return sound([whole(before, isAnswer)])
  // Text before a list isn't about any of its segments.
  if (before !== '' && !before.endsWith(':')) {
    if (!isAnswer) return []
    items.unshift({ places: [], ...wordsOf(before) })
  }
  return sound(items)
}

/** A text without mentions of these ids, in the formats of Discord and Slack. */
export function withoutMentionsOf(text: string, ids: readonly string[]): string {
  return text.replace(/<@[!&]?([A-Z0-9]{1,25})(?:\|[^<>]*)?>/g, (whole, id: string) =>
    ids.includes(id) ? '' : whole,
  )
}

function beginning(line: string, isAnswer: boolean): Said | null {
  const [isNote, rest] = splitNote(line)
  for (const pattern of isAnswer ? [...PREFIXES, COLON] : [...PREFIXES, COLON, ...LOOSE]) {
    const match = new RegExp(`^${pattern}`, 'iu').exec(rest)
    if (!match?.[1]) continue
    const said = wordsOf(rest.slice(match[0].length))
    return { places: placesIn(match[1]), words: said.words, isNote: isNote || said.isNote }
  }
  return null
}

/** A message that doesn't start with a segment. */
function whole(text: string, isAnswer: boolean): Said {
  if (isAnswer) return { places: [], ...wordsOf(text) }
  const [isNote, rest] = splitNote(text)
  const bare = new RegExp(`^${BARE}`, 'u').exec(rest)
  if (bare?.[1]) return { places: [Number(bare[1])], words: rest.slice(bare[0].length).trim(), isNote }
  const named = [...rest.matchAll(WITHIN)].map((match) => numberOf(match.slice(1).find(Boolean) ?? ''))
  const [place, ...others] = new Set(named)
  // With several, it is unclear which one is meant.
  return place === undefined || others.length > 0 ? NOTHING : { places: [place], words: rest.trim(), isNote }
}

const NOTHING: Said = { places: [], words: '', isNote: false }

function sound(items: Said[]): Said[] {
  const notes = items.reduce((sum, { places }) => sum + Math.max(1, places.length), 0)
  return notes > MOST || items.some(({ words }) => !/[\p{L}\p{N}]/u.test(words)) ? [] : items
}

function wordsOf(text: string): Pick<Said, 'words' | 'isNote'> {
  const [isNote, words] = splitNote(text.replace(FRONT, ''))
  return { words: words.trim(), isNote }
}

function splitNote(text: string): [boolean, string] {
  const match = NOTE.exec(text)
  return match ? [true, text.slice(match[0].length).replace(FRONT, '')] : [false, text]
}

/** “2, 3” and “2-4”. */
function placesIn(list: string): number[] {
  const places: number[] = []
  const parts = list.toLowerCase().split(new RegExp(`(${BETWEEN})`, 'iu'))
  for (let index = 0; index < parts.length; index += 2) {
    const place = numberOf(parts[index] ?? '')
    const from = places.at(-1)
    if (from !== undefined && /[-–—~]|to|에서/.test(parts[index - 1] ?? ''))
      for (let between = from + 1; between < place && places.length <= MOST; between += 1)
        places.push(between)
    places.push(place)
  }
  return [...new Set(places)]
}

function numberOf(word: string): number {
  const said = word.toLowerCase().trim()
  const digits = /^\d+/.exec(said)
  if (digits) return Number(digits[0])
  const korean = ORDINALS_KO.indexOf(said.replace(/\s*번째$/, ''))
  return Math.max(CARDINALS.indexOf(said), ORDINALS.indexOf(said), korean) + 1
}
