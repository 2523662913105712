/** Scripts whose compatibility forms stand for letters; in others (Thai, Lao) the forms are the spelling. */
const PLAIN =
  /^[\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{scx=Armenian}\p{scx=Hebrew}\p{scx=Arabic}\p{M}0-9ʼ·]+$/u
/** Forms with a meaning of their own: micro, ordinals, litre, information, and ligatures that are whole sentences. */
const MEANT = /[µªºℓℹ\ufdf0-\ufdff]/u
const STYLED = /[\p{L}\p{Nl}\p{Nd}]/gu

/** Full-width punctuation and currency symbols, which belong next to ideographs. */
const WIDE =
  /(?<![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u3000-\u303f])[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5d](?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u3000-\u303f])|[\uff5e\uffe0-\uffe6]/gu
const DOUBLE_MARKS = /[‼⁇⁈⁉]\ufe0f?/gu

/** Circled and squared letters, by the first of each alphabet. */
const ENCLOSED: [first: number, letter: string][] = [
  [0x24b6, 'A'],
  [0x24d0, 'a'],
  [0x1f130, 'A'],
  [0x1f150, 'A'],
  [0x1f170, 'A'],
  [0x1f1e6, 'A'],
  [0x249c, 'a'],
  [0x1f110, 'A'],
]
/** Except those that are also emoji. */
const IN_SHAPE =
  '\u24b6-\u24c1\u24c3-\u24e9\u{1f130}-\u{1f149}\u{1f150}-\u{1f169}\u{1f172}-\u{1f17d}\u{1f180}-\u{1f189}'
/** Blood types, parking, the underground: letters only next to other letters. */
const MAYBE_LETTER = '\u24c2\u{1f170}\u{1f171}\u{1f17e}\u{1f17f}'
const BESIDE = String.raw`[\p{L}${IN_SHAPE}${MAYBE_LETTER}]`
const LETTERS_IN_SHAPES = new RegExp(
  String.raw`[${IN_SHAPE}]\ufe0f?|(?<=${BESIDE}\ufe0f?)[${MAYBE_LETTER}]\ufe0f?|[${MAYBE_LETTER}]\ufe0f?(?=${BESIDE})`,
  'gu',
)
const IN_BRACKETS = /[\u249c-\u24b5\u{1f110}-\u{1f129}]+/gu
const INDICATORS = /\p{Regional_Indicator}+/gu
const FLAGS = /^\p{RGI_Emoji_Flag_Sequence}+$/v

/** Small capitals, with which people write whole words. */
const SMALL_CAPITALS = new Map(
  [...'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ'].map((small, index) => [small, 'abcdefghijklmnopqrstuvwyz'.charAt(index)]),
).set('ǫ', 'q')
const SMALL = [...SMALL_CAPITALS.keys()].join('')
const WORD_OF_SMALL = new RegExp(`(?<![\\p{L}\\p{M}])[A-Za-z${SMALL}]+(?![\\p{L}\\p{M}])`, 'gu')
const ONE_SMALL = new RegExp(`[${SMALL}]`, 'gu')

/** Lines through, under, over and around letters, and stacks of marks that no language uses. */
const LINES = String.raw`\u0305\u0332-\u0338\u033f\u035f\u0488\u0489\u20d0-\u20e0\u20e2\u20e4-\u20f0`
const DECORATION = new RegExp(`[${LINES}]|[\u0300-\u036f]{3,}`, 'gu')

/**
 * A text with plain letters instead of styled ones: mathematical, full-width, circled, squared and raised letters, small
 * capitals, ligatures, struck-through letters. Not NFKC, because ½, ㎢, ℃, ①, ㈜, …, ™ and ㅋㅋ are meaningful as they are.
 */
export function plainLetters(text: string): string {
  if (!/[^\0-\u024f\uac00-\ud7a3]|ſ|ŉ|[ĲĳĿŀǄ-ǌǱ-ǳ]/u.test(text)) return text
  return text
    .replace(DOUBLE_MARKS, (mark) => mark.slice(0, 1).normalize('NFKC'))
    .replace(/([©®™])\ufe0f/gu, '$1')
    .replace(INDICATORS, (run) => (FLAGS.test(run) ? run : spelled(run)))
    .replace(LETTERS_IN_SHAPES, spelled)
    .replace(IN_BRACKETS, (run) => ([...run].length > 1 ? spelled(run) : `(${spelled(run)})`))
    .replace(STYLED, plainLetter)
    .replace(WIDE, (wide) => wide.normalize('NFKC'))
    .replace(WORD_OF_SMALL, fromSmallCapitals)
    .replace(DECORATION, '')
    .normalize('NFC')
}

function plainLetter(letter: string): string {
  if (letter < '\u0132' || MEANT.test(letter)) return letter
  const plain = letter.normalize('NFKC')
  return plain !== letter && PLAIN.test(plain) ? plain : letter
}

function spelled(run: string): string {
  let letters = ''
  for (const sign of run) {
    const code = sign.codePointAt(0) ?? 0
    const [first, letter] = ENCLOSED.find(([start]) => code >= start && code < start + 26) ?? []
    if (first !== undefined && letter !== undefined)
      letters += String.fromCharCode(letter.charCodeAt(0) + code - first)
  }
  return letters
}

/** A single small capital is a phonetic symbol. */
function fromSmallCapitals(word: string): string {
  if ((word.match(ONE_SMALL)?.length ?? 0) < 2) return word
  return word.replace(ONE_SMALL, (small) => SMALL_CAPITALS.get(small) ?? small)
}
