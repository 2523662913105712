/**
 * The Korean particle of a pair that fits a word: `이/가`, `은/는`, `을/를`, `과/와`, `이라는/라는`, `으로/로`, with the form after a
 * final consonant first. Digits and Latin letters count as they are read in Korean.
 */
export function particle(word: string, pair: string): string {
  const [afterConsonant = '', afterVowel = ''] = pair.split('/')
  const final = finalOf(word)
  // 으로 loses its 으 after ㄹ too.
  if (afterConsonant === '으로' && final === 'l') return afterVowel
  return final === 'none' ? afterVowel : afterConsonant
}

type Final = 'none' | 'l' | 'other'

/** 영 일 이 삼 사 오 육 칠 팔 구; 십, 백, 천 and 만 end in a consonant like 영. */
const DIGITS: Final[] = ['other', 'l', 'none', 'other', 'none', 'none', 'other', 'l', 'l', 'none']

function finalOf(word: string): Final {
  // Text in brackets isn't read with the particle: 인공지능(AI)은. Closing marks have no sound.
  const spoken = word.replace(/\s*[([（][^)\]）]*[)\]）]\s*$/u, '').replace(/[^\p{L}\p{N}%]+$/u, '')
  const last = spoken.normalize('NFC').at(-1) ?? ''
  const code = last.charCodeAt(0)
  if (code >= 0xac00 && code <= 0xd7a3) {
    const final = (code - 0xac00) % 28
    return final === 0 ? 'none' : final === 8 ? 'l' : 'other'
  }
  if (/[0-9]/.test(last)) return DIGITS[Number(last)] ?? 'none'
  const latin = /[a-z]+$/i.exec(spoken)?.[0] ?? ''
  return latin === '' ? 'none' : finalOfLatin(latin)
}

/** Single letters are read by their names (엘, 엠, 엔, 알), words as loanwords are usually written. */
function finalOfLatin(word: string): Final {
  if (word.length === 1 || word === word.toUpperCase()) {
    const letter = word.slice(-1).toUpperCase()
    return 'LR'.includes(letter) ? 'l' : 'MN'.includes(letter) ? 'other' : 'none'
  }
  const lower = word.toLowerCase()
  if (/(l|le)$/.test(lower)) return 'l'
  if (/(m|n|ng|[aeiou]me|[aeiou]ne)$/.test(lower)) return 'other'
  return /[^aeiou][aeiou](k|ck|p|t|c|b|g)$|oo[kt]$|^[aeiou](k|p|t)$/.test(lower) ? 'other' : 'none'
}
