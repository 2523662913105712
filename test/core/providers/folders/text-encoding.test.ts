import { describe, expect, it } from 'vitest'
import { decodeTags, decodeTextFile } from '../../../../src/core/providers/folders/text-encoding.ts'
import { encoded } from './encoded.ts'

const TITLES: Record<string, string[]> = {
  'euc-kr': [
    '김광석',
    '서른 즈음에',
    '바람이 불어오는 곳',
    '여름밤의 꿈',
    '봄날',
    '사랑',
    '별',
    'BTS 봄날 (Live)',
    '잔잔한 피아노',
    '파도',
  ],
  shift_jis: ['さくら', '夜に駆ける', '米津玄師', 'ピアノ', '静かな海 (Live)'],
  gbk: ['周杰伦', '月亮代表我的心', '邓丽君', '海阔天空', '平静的钢琴'],
  big5: ['鄧麗君', '月亮代表我的心', '周杰倫'],
  'euc-jp': ['さくら', '夜に駆ける', 'ピアノの曲'],
  'windows-1251': [
    'Кино',
    'Группа крови',
    'Звезда по имени Солнце',
    'ПЕСНЯ',
    'Океан Ельзи',
    'Ночь',
    'Щедрик',
  ],
  'koi8-r': ['Группа крови', 'Звезда по имени Солнце'],
  'windows-1252': [
    'Beyoncé',
    'Björk',
    'Sigur Rós',
    'Motörhead',
    'La vie à l’été',
    'Ágætis byrjun',
    'Die Ärzte',
    'Señorita',
    'São Paulo',
    'Mädchen “Süß”',
  ],
  'windows-1250': ['Długość dźwięku samotności', 'Žluťoučký kůň', 'Myśli'],
  'windows-1253': ['Μελίνα Μερκούρη', 'Ελλάδα', 'Θάλασσα πλατιά'],
}
const CASES = Object.entries(TITLES).flatMap(([encoding, titles]) =>
  titles.map((title) => [encoding, title] as const),
)

describe('a tag that says nothing of its encoding', () => {
  it.each(CASES)('is read as %s: %s', (encoding, title) => {
    const bytes = encoded(title, encoding)
    expect(decodeTags([bytes.toString('latin1')])).toEqual([title])
    expect(decodeTags([new TextDecoder('windows-1252').decode(bytes)])).toEqual([title])
  })

  it.each([...CASES.map(([, title]) => title), '😀 happy', 'plain'])('is read as UTF-8: %s', (title) => {
    expect(decodeTags([Buffer.from(title).toString('latin1')])).toEqual([title])
  })

  it.each([...CASES.map(([, title]) => title), '', 'plain', 'naïve café'])(
    'stays what it is where it was read rightly: %s',
    (title) => {
      expect(decodeTags([title, undefined])).toEqual([title, undefined])
    },
  )

  it('is read like the other tags of its file', () => {
    const tags = ['연', '가수 김광석의 노래 모음', 'plain'].map((tag) =>
      encoded(tag, 'euc-kr').toString('latin1'),
    )
    expect(decodeTags(tags)).toEqual(['연', '가수 김광석의 노래 모음', 'plain'])
  })

  it('loses half a letter that 30 bytes have cut', () => {
    const cut = encoded('가나다 라마바 사아자 차카타 파하', 'euc-kr').subarray(0, 24)
    expect(decodeTags([cut.toString('latin1')])).toEqual(['가나다 라마바 사아자 차'])
  })
})

describe('a text file', () => {
  const text = '바다, 파도\r\nsunset beach'
  const utf16 = Buffer.from(text, 'utf16le')
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 BE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 LE', utf16],
    ['UTF-16 BE', Buffer.from(utf16).swap16()],
    ['CP949', encoded(text, 'euc-kr')],
  ])('is read as %s', (_encoding, bytes) => {
    expect(decodeTextFile(bytes)).toBe(text)
  })

  it.each(CASES)('is read as %s: %s', (encoding, title) => {
    expect(decodeTextFile(encoded(title, encoding))).toBe(title)
  })

  it('may be empty, or rubbish', () => {
    expect(decodeTextFile(Buffer.alloc(0))).toBe('')
    expect(typeof decodeTextFile(Buffer.from(Array.from({ length: 256 }, (_, index) => index)))).toBe(
      'string',
    )
  })
})
