/**
 * `ko` when at least half of a text's letters are Hangul, else `en`: the two languages that the interface and
 * the embedded writer have. Digits, marks and emoji do not count. A product's name in Latin letters weighs
 * less than its length, so each Latin word counts as two letters.
 */
export function detectLanguage(text: string): 'en' | 'ko' {
  const hangul = text.match(/\p{Script=Hangul}/gu)?.length ?? 0
  if (hangul === 0) return 'en'
  const latin = text.match(/\p{Script=Latin}+/gu)?.length ?? 0
  const others = text.match(/(?![\p{Script=Hangul}\p{Script=Latin}])\p{L}/gu)?.length ?? 0
  return hangul >= latin * 2 + others ? 'ko' : 'en'
}
