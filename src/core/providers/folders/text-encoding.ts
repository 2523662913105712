/** Encodings of files and tags from before UTF-8. The first wins if two fit equally well. */
const LEGACY = [
  'euc-kr',
  'shift_jis',
  'gbk',
  'big5',
  'euc-jp',
  'windows-1252',
  'windows-1251',
  'windows-1250',
  'windows-1253',
  'koi8-r',
] as const
type Legacy = (typeof LEGACY)[number]

/** How many bytes are examined to detect an encoding. */
const SAMPLE = 4000

/**
 * The text of a file, in whatever encoding it was saved: UTF-8, UTF-16 in either byte order, with or without a byte order
 * mark, or a legacy one.
 */
export function decodeTextFile(bytes: Buffer): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return lenient('utf-8', bytes)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return lenient('utf-16le', bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return lenient('utf-16be', bytes)
  return unmarkedWide(bytes) ?? decodeBytes(bytes, bytes)
}

/**
 * The tags of one file as they were meant, given as text or as bytes. Tags that don't declare their encoding are read as
 * Latin-1, although programs wrote them in their country's encoding or in UTF-8; all tags of a file use the same one.
 */
export function decodeTags(tags: readonly (string | Buffer | undefined)[]): (string | undefined)[] {
  const bytes = tags.map((tag) => (typeof tag === 'string' ? bytesOf(tag) : (tag ?? null)))
  const doubtful = bytes.filter((each) => each?.some((byte) => byte >= 0x80))
  const sample = Buffer.concat(doubtful.flatMap((each) => (each ? [each, Buffer.from('\n')] : [])))
  return tags.map((tag, index) => {
    const raw = bytes[index]
    return raw?.some((byte) => byte >= 0x80) ? decodeBytes(raw, sample) : tag?.toString()
  })
}

/** The bytes that were read as Latin-1 or Windows-1252; null for a text with other letters, which was read correctly. */
function bytesOf(tag: string): Buffer | null {
  // Two-byte letters that were read as one byte each.
  const bytes = [...tag.replaceAll('\0', '')].map(
    (char) => WINDOWS_1252.get(char) ?? char.codePointAt(0) ?? 0,
  )
  return bytes.some((byte) => byte > 0xff) ? null : Buffer.from(bytes)
}

const WINDOWS_1252 = new Map(
  Array.from({ length: 32 }, (_, index) => [
    new TextDecoder('windows-1252').decode(Uint8Array.of(0x80 + index)),
    0x80 + index,
  ]),
)

function decodeBytes(bytes: Buffer, sample: Buffer): string {
  const utf8 = strict('utf-8', bytes)
  if (utf8 !== null) return utf8
  return lenient(legacyOf(sample.subarray(0, SAMPLE)), bytes)
}

function legacyOf(sample: Buffer): Legacy {
  const scores = LEGACY.map((encoding) => ({ encoding, score: fitness(encoding, sample) }))
  return scores.reduce((best, each) => (each.score > best.score ? each : best)).encoding
}

function strict(encoding: string, bytes: Buffer): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Decodes without a letter cut in two at the end, as by the 30 bytes of an ID3v1 tag. */
function lenient(encoding: string, bytes: Buffer): string {
  return new TextDecoder(encoding).decode(bytes).replace(/\ufffd$/, '')
}

/**
 * UTF-16 in the order given by its byte order mark, or otherwise the one that makes more sense.
 * @param isBig the order to use if both make equal sense; null if neither makes any
 */
export function decodeWide(bytes: Buffer, isBig = false): string | null {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2))
  if (even[0] === 0xff && even[1] === 0xfe) return lenient('utf-16le', even)
  if (even[0] === 0xfe && even[1] === 0xff) return lenient('utf-16be', even)
  const orders = isBig ? (['utf-16be', 'utf-16le'] as const) : (['utf-16le', 'utf-16be'] as const)
  const texts = orders.map((order) => ({
    text: lenient(order, even),
    sense: sense(lenient(order, even.subarray(0, SAMPLE))),
  }))
  const [best] = texts.sort((one, other) => other.sense - one.sense)
  return best && best.sense >= 0.7 ? best.text : null
}

/** How much of a text is letters that go together: 1 for all of it. */
function sense(text: string): number {
  const letters = [...text.replace(/\0+$/, '')]
  const worthOf = (letter: string) => {
    // Bytes of another encoding also decode to syllables, but not to ones in use.
    if (/\p{Script=Hangul}/u.test(letter)) return KOREAN.has(letter) ? 1 : 0.5
    if (/[\t\r\n -~]|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(letter)) return 1
    if (/[\u3400-\u4dbf]/.test(letter)) return -1
    if (/\p{Script=Han}/u.test(letter)) return 0.8
    return /[\u00a0-\u017f]|\p{Script=Cyrillic}|\p{Script=Greek}|[\u2010-\u203a\u1ea0-\u1ef9]/u.test(letter)
      ? 0.9
      : -1
  }
  return letters.length === 0 ? 0 : sum(letters, worthOf) / letters.length
}

/** UTF-16 without a byte order mark contains bytes that no single-byte text has: zeros and other control characters. */
function unmarkedWide(bytes: Buffer): string | null {
  const controls = bytes.subarray(0, SAMPLE).some((byte) => byte < 0x20 && ![9, 10, 13].includes(byte))
  return controls && bytes.length >= 2 && bytes.length % 2 === 0 ? decodeWide(bytes) : null
}

/** Word separators: all of ASCII except letters, and Windows quotes and dashes. */
const BETWEEN = /(?:(?![a-z])[\p{ASCII}“”‘’„‚«»‹›–—…·])+/iu

/** How much a sample looks like text in an encoding: the average value of its bytes above ASCII. */
function fitness(encoding: Legacy, sample: Buffer): number {
  const text = new TextDecoder(encoding).decode(sample).replace(/\ufffd(?=\n|$)/g, '')
  if (text.includes('\ufffd') || sample.length === 0) return Number.NEGATIVE_INFINITY
  const high = sample.filter((byte) => byte >= 0x80).length
  const words = text.split(BETWEEN).filter((word) => /[^\p{ASCII}]/u.test(word))
  return words.reduce((sum, word) => sum + worth(encoding, word), 0) / Math.max(1, high)
}

/** The value of a word: about 1 for each of its bytes above ASCII if it belongs to the encoding's language. */
function worth(encoding: Legacy, word: string): number {
  const letters = [...word]
  if (encoding === 'euc-kr') return sum(letters, korean) * mixed(word)
  if (encoding === 'shift_jis' || encoding === 'euc-jp') return sum(letters, japanese) * mixed(word)
  if (encoding === 'gbk' || encoding === 'big5') return sum(letters, chinese) * mixed(word)
  return singleBytes(encoding, word)
}

function sum(letters: string[], of: (letter: string) => number): number {
  return letters.reduce((total, letter) => total + of(letter), 0)
}

/** Latin letters in the same word as East Asian ones are probably halves of something else. */
function mixed(word: string): number {
  return /[a-z]/i.test(word) ? 0.3 : 1
}

const KOREAN = new Set(
  '이다는가에하고지의을를은인도로기한사리어나자시아라대그서일정스보수오들만부게장전해상제여조주구성소원비동신국공유마무치안생과위물진으내모트할화미연했있었습니까세요러우산경면문선영개방드음양말김박최강윤임권황송류홍손배백허남심노곽차민엄채천랑별밤날봄빛눈꿈길바람래너당없것같때곳속처럼못달늘거야네울저더잊겨름추억행복친군단반새집중두발와왜되된또살금순간광석파잔피즈초코커태숲결토록옷책춤칠곡작품편악극현탄풍운명월목설줄찬환창균철웅규준승훈빈숙옥희혜애란향평온호텔킹클럽밴팝재랩힙합브르베벤쇼팽디흐협교뉴믹싱글앨범버랙감독휘녹',
)

function korean(letter: string): number {
  if (KOREAN.has(letter)) return 2.2
  if (/\p{Script=Hangul}/u.test(letter)) return /[ㄱ-ㅣ]/.test(letter) ? 0 : isOfStandard(letter) ? 1.4 : -1
  return /\p{Script=Han}/u.test(letter) ? -0.5 : 0
}

/** The standard only has syllables that words are made of: few of them end in two consonants. */
function isOfStandard(syllable: string): boolean {
  const end = ((syllable.codePointAt(0) ?? 0xac00) - 0xac00) % 28
  return ![2, 3, 5, 6, 9, 11, 12, 13, 14, 15, 18, 24, 25, 26].includes(end)
}

function japanese(letter: string): number {
  if (/[\uff61-\uff9f]/.test(letter)) return -1
  if (/\p{Script=Hiragana}|\p{Script=Katakana}|ー/u.test(letter)) return 2.2
  return ideograph(letter)
}

function chinese(letter: string): number {
  if (/\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Cyrillic}|\p{Script=Greek}/u.test(letter))
    return -0.5
  return ideograph(letter)
}

/** The most frequent ideographs of modern Chinese, in both scripts. */
const IDEOGRAPHS = new Set(
  '的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生会會自着去之过過家学學对對可她里裡后後小么心多天而能好都然没沒日于於起还還发發成事只作当當想看文无無开開手十用主行方又如前所本见見经經头頭面公同三已老从從动動两兩长長知样樣现現分将將外但身些与與高意进進把法此实實回二理美点點月明其种種声聲全工己话話儿者向情部正名定女问問力机機给給等几很最间間新打便位因重被走电電四第门門相次东東海口使教西再平真听聽世气氣信北少关關内內加化由却代入先山五太水万萬眼体體别處才场師书書比住笑性通华報立马命张張活难神安表原车車白应路期死常提感金何更反合放光王果亲界今京清物台象记邊共风風接它许許特觉望直林南度色字请交爱愛让讓元思非流每青夫连遠带花快条變言往近留红紅周城父强步深求士空江语英李息写黄收未取双像找友早房音火影失香似石若谁誰读飞飛包落喜离離星夜雨雪梦夢歌曲琴静靜春秋冬夏云雲阳陽亮'.split(
    '',
  ),
)

/** Common ideographs are those that the standards of China and Japan list first; ICU sorts them that way. */
function ideograph(letter: string): number {
  if (!/\p{Script=Han}/u.test(letter)) return 0
  if (IDEOGRAPHS.has(letter)) return 2.2
  return commonIdeographs().has(letter) ? 1.35 : 0.2
}

let common: Set<string> | null = null
/** The first level of GB 2312, JIS X 0208 and Big5: ideographs in daily use. */
function commonIdeographs(): Set<string> {
  common ??= new Set(
    [
      ...block('gbk', 0xb0, 0xd7, 0xa1),
      ...block('euc-jp', 0xb0, 0xcf, 0xa1),
      ...block('big5', 0xa4, 0xc6, 0x40),
    ].filter((letter) => /\p{Script=Han}/u.test(letter)),
  )
  return common
}

function block(encoding: string, first: number, last: number, from: number): string[] {
  const bytes: number[] = []
  for (let lead = first; lead <= last; lead++)
    for (let trail = from; trail <= 0xfe; trail++) if (trail < 0x7f || trail > 0xa0) bytes.push(lead, trail)
  return [...new TextDecoder(encoding).decode(Uint8Array.from(bytes))]
}

/** Letters by frequency. */
const FREQUENT: Partial<Record<Legacy, string>> = {
  'windows-1251': 'оеаинтсрвлкмдпуяыьгзбчйхжшюіїєґёъщэў',
  'koi8-r': 'оеаинтсрвлкмдпуяыьгзбчйхжшюёъщэ',
  'windows-1253': 'αοιετσνηυρπκμλςωδγχθφβξζψάέίόήώύϊ',
}

function singleBytes(encoding: Legacy, word: string): number {
  const frequent = FREQUENT[encoding]
  const high = [...word].filter((letter) => letter > '\x7f')
  // “xxxx”, “Xxxx” and “XXXX” are words; “xXXx” is typical of another encoding.
  const isWord = /^\p{L}\p{Ll}*$|^\p{Lu}+$/u.test(word)
  if (frequent) {
    const share = sum(high, (letter) => {
      const rank = frequent.indexOf(letter.toLowerCase())
      return rank < 0 ? -1.5 : rank < 12 ? 1.3 : rank < 22 ? 0.8 : 0.3
    })
    return isWord && !/[a-z]/i.test(word) ? share : -high.length
  }
  // Latin words contain few letters above ASCII.
  const plain = word.length - high.length
  const isLatin = high.every((letter) => /\p{Script=Latin}/u.test(letter))
  if (!isLatin || !isWord) return -0.5 * high.length
  const isUsual =
    encoding === 'windows-1250'
      ? /^[áčďéěíňóřšťúůýžąćęłńóśźżäöüßőű]+$/iu
      : /^[àáâãäåæçèéêëìíîïñòóôõöøùúûüßœšž]+$/iu
  const usual = high.filter(
    (letter) => isUsual.test(letter) && !(letter === 'œ' && !/œ[ui]/.test(word)),
  ).length
  return (plain >= high.length ? 1.2 : 0.3) * usual - (high.length - usual) * 0.4
}
