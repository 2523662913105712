/** The longest figure worth showing large, in characters. */
const LONGEST = 24
const NUMBER = '\\d+(?:[.,\\u00a0\\u202f]\\d+)*'
const SCALE = '(?:\\s?(?:thousand|million|billion|trillion|bn|[KkMB](?!\\p{L})|[천만억조]+))?'
const UNIT = [
  '(?:%|‰|°[CF]?|℃|℉|㎢|㎡|㎞|㎏|㎝|㎜|(?:km/h|mph|km²?|kg|cm|mm|m²|m|g|t|GB|MB|TB|GHz|kWh|kW|W|V|Hz)(?![\\p{L}\\p{N}]))',
  '(?:percent|per cent|dollars?|euros?|pounds?|hours?|minutes?|seconds?|days?|weeks?|months?|years?|centuries|people|times|miles?|meters?|metres?|kilometers?|kilometres?|degrees|calories|steps|words|countries|languages|species|tons?|tonnes?)(?!\\p{L})',
  '(?:퍼센트|프로|시간|분|초|개월|개국|주|년|일|월|명|개|마리|번|배|살|세|원|달러|유로|킬로미터|미터|킬로그램|그램|도|톤|걸음|가지|곳|점|위|층|권|편|쪽|잔|병|칼로리)',
].join('|')
/** Not inside a name such as MP3 or GPT-4, an address or a time of day. */
const START = '(?<![\\p{L}\\p{N}.,:/#@_-])'
const END = '(?![\\p{N}:/@]|[.,-]\\p{N}|[.-]?\\p{Script=Latin})'

/** Figures by what they express: an amount, a count of something, a number alone. */
const KINDS = [
  `${START}[$€£¥₩₹]\\s?${NUMBER}${SCALE}${END}`,
  `${START}${NUMBER}${SCALE}\\s?(?:${UNIT})`,
  `${START}(?:${NUMBER}${SCALE})${END}`,
].map((pattern) => new RegExp(pattern, 'gu'))

/**
 * The figure that a text is about, as written: `$9.3 billion`, `12 %`, `16 hours`, `3,000명`, `1969`. Null if there is
 * none, or only a single digit that counts nothing.
 */
export function figureIn(text: string): string | null {
  const plain = text.normalize('NFC').replace(/https?:\/\/\S+|\S+@\S+/g, ' ')
  for (const kind of KINDS)
    for (const [figure] of plain.matchAll(kind))
      if (figure.length <= LONGEST && (/\P{N}/u.test(figure) || figure.length > 1)) return figure.trim()
  return null
}
