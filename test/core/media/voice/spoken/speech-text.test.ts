import { describe, expect, it } from 'vitest'
import { speechText, writtenTimes } from '../../../../../src/core/media/voice/spoken/speech-text.ts'
import { wordUnits } from '../../../../../src/core/media/voice/word-units.ts'

const say = (language: string, text: string) => speechText(text, language).text.trim()

/** One case per line: what is written, and how it is spoken. */
function table(rows: string): [string, string][] {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const [written = '', spoken = ''] = row.split('→').map((part) => part.trim())
      return [written, spoken]
    })
}

describe('English', () => {
  it.each(
    table(`
    $5 → five dollars
    £3.50 → three pounds fifty
    5 < 6 → five is less than six
    10–20 people → ten to twenty people
    $1,299,450.75 → one million two hundred ninety-nine thousand four hundred fifty dollars and seventy-five cents
    1,000,000,000 → one billion
    $1 and $1.01 → one dollar and one dollar and one cent
    $0.99 or 50¢ → ninety-nine cents or fifty cents
    $1.2bn, $5 million, $100K → one point two billion dollars, five million dollars, one hundred thousand dollars
    €5, 5€, 20 USD, USD 20 → five euros, five euros, twenty dollars, twenty dollars
    ¥1,000, ₹500, ₩12,500 → one thousand yen, five hundred rupees, twelve thousand five hundred won
    $5–10, $5-$10 → five to ten dollars, five to ten dollars
    -$5 and $5/month → minus five dollars and five dollars per month
    5K, 1.5M, 10x, 4K, 5G → five thousand, one point five million, ten times, four K, five G
    605.2㎢, 25℃, 72 °F, 10㎏ → six hundred five point two square kilometers, twenty-five degrees Celsius, seventy-two degrees Fahrenheit, ten kilograms
    5 m², 3 ㎥, 90 km/h, 15 m/s, 64GB → five square meters, three cubic meters, ninety kilometers per hour, fifteen meters per second, sixty-four gigabytes
    1 km, 5 kg/m³, 3.5 GHz → one kilometer, five kilograms per cubic meter, three point five gigahertz
    50%, 99.9 %, 5‰ → fifty percent, ninety-nine point nine percent, five per mille
    ½, 2½, 1 1/2, 3/4, 1/3 → one half, two and a half, one and a half, three quarters, one third
    3:2, 16:9, 24/7, 50/50 → three to two, sixteen to nine, twenty-four seven, fifty fifty
    -5, −5, ±3, ~5 → minus five, minus five, plus or minus three, about five
    3×4=12, 5+5, 5 - 3 = 2 → three times four equals twelve, five plus five, five minus three equals two
    1920×1080 → nineteen twenty by ten eighty
    5-10, 0–5, 5%–10% → five to ten, zero to five, five percent to ten percent
    2026-11-28, 11/28/2026, 28.11.2026 → November twenty-eighth, twenty twenty-six, November twenty-eighth, twenty twenty-six, November twenty-eighth, twenty twenty-six
    Nov. 28, 2026 → November twenty-eighth, twenty twenty-six
    28 November → twenty-eighth of November
    4th of July, 1st, 22nd → fourth of July, first, twenty-second
    in 1969, since 2005, 1905 → in nineteen sixty-nine, since two thousand five, nineteen oh five
    1500 people → one thousand five hundred people
    1990–2000, 1914–18, 1990s, '90s → nineteen ninety to two thousand, nineteen fourteen to eighteen, nineteen nineties, nineties
    3pm, 3:05 p.m., 15:30, 12:00 → three P M, three oh five P M, fifteen thirty, twelve o'clock
    At 3 p.m. We go. → At three P M. We go.
    9am–5pm, UTC+9 → nine A M to five P M, U T C plus nine
    2026-11-28T15:30:00Z → November twenty-eighth, twenty twenty-six, fifteen thirty U T C
    Mon–Fri, Jan-Mar → Monday to Friday, January to March
    pp. 3–5, p. 7, No. 5, № 5, § 3, #1 → pages three to five, page seven, number five, number five, section three, number one
    v2.0.1, 2.0.1 → version two point zero point one, two point zero point one
    192.168.0.1 → one nine two dot one six eight dot zero dot one
    +1 (555) 123-4567 → plus one, five five five, one two three, four five six seven
    978-3-16-148410-0 → nine seven eight, three, one six, one four eight four one zero, zero
    1234 5678 9012 3456 → one two three four, five six seven eight, nine zero one two, three four five six
    007, 0.05, .5 → zero zero seven, zero point zero five, point five
    https://www.example.com/a/b?c → example dot com
    See example.co.uk/x, or naver.kr. → See example dot co dot U K, or naver dot K R.
    jane_doe@mail.example.com → jane underscore doe at mail dot example dot com
    #ThrowbackThursday #joined#tags → hashtag Throwback Thursday hashtag joined hashtag tags
    @name → at name
    AT&T, Q&A, R&D, Barnes & Noble → A T and T, Q and A, R and D, Barnes and Noble
    C++, C#, .NET → C plus plus, C sharp, dot NET
    GPT-4, B2B, MP3, H2O, CO₂, A4 → GPT four, B two B, MP three, H two O, CO two, A four
    10⁶, x² → ten to the power of six, x squared
    ①, ⑳, ❶, Ⅳ, ⓐ → one, twenty, one, four, A
    e.g. this, A vs. B, Dr. Kim, St. Louis, Main St. → for example this, A versus B, Doctor Kim, Saint Louis, Main Street
    Rushes™, © 2026 → Rushes, copyright twenty twenty-six
    １２３ and ٣ → one hundred twenty-three and three
    5'10", 1h30m → five foot ten, one hour thirty minutes
    3 + a < b ≥ 5 → three plus a is less than b is at least five
    1,2,3 → one,two,three`),
  )('%s', (written, spoken) => expect(say('en', written)).toBe(spoken))
})

describe('Korean', () => {
  it.each(
    table(`
    면적은 605.2㎢이다 → 면적은 육백오 점 이 제곱킬로미터이다
    25℃, -5℃, 72°F, 90° → 이십오 도, 영하 오 도, 화씨 칠십이 도, 구십 도
    10㎏, 5㎡당, 60km/h → 십 킬로그램, 오 제곱미터당, 시속 육십 킬로미터
    ㈜한국, ㈔모임, 한국㈜ → 주식회사 한국, 사단법인 모임, 한국 주식회사
    ①번, ①은, ㉠, ⓐ, Ⅳ → 일 번, 일은, 기역, A, 사
    $9.3, ₩12,500, €5, ¥1,000 → 구 점 삼 달러, 만 이천오백 원, 오 유로, 천 엔
    $1,299,450.75 → 백이십구만 구천사백오십 달러 칠십오 센트
    $1.2bn, 5K, 1.5M → 십이억 달러, 오천, 백오십만
    3~5명, 10–20㎞, $5~10, 5~10% → 삼에서 오 명, 십에서 이십 킬로미터, 오에서 십 달러, 오에서 십 퍼센트
    3명, 20살, 20세, 3 개, 99마리, 100명 → 세 명, 스무 살, 이십 세, 세 개, 아흔아홉 마리, 백 명
    3시 15분, 15시, 15:30, 오후 3:05, 3pm → 세 시 십오 분, 십오 시, 십오 시 삼십 분, 오후 세 시 오 분, 오후 세 시
    3시간, 24시간, 5개월, 2개국, 3번째, 1번째 → 세 시간, 이십사 시간, 오 개월, 이 개국, 세 번째, 첫 번째
    1번 출구, 3번 반복, 2배, 20대 여성, 3대 2 → 일 번 출구, 세 번 반복, 두 배, 이십 대 여성, 삼 대 이
    10,000,000명 → 천만 명
    3만5천 원, 1억 2,000만 원, 1만 명, 1.5만 → 삼만 오천 원, 일억 이천만 원, 만 명, 일 점 오만
    2026년 6월 10일, 10월 6일, 6개월 → 이천이십육 년 유월 십 일, 시월 육 일, 육 개월
    2026-11-28, 2026. 11. 28. 오늘, 11/28 → 이천이십육년 십일월 이십팔일, 이천이십육년 십일월 이십팔일 오늘, 십일월 이십팔일
    1/3, ½, 3분의 1, 3:2 → 삼 분의 일, 이 분의 일, 삼 분의 일, 삼 대 이
    $9.3은, $9.3을, 50%는, 5km가, 5km으로 → 구 점 삼 달러는, 구 점 삼 달러를, 오십 퍼센트는, 오 킬로미터가, 오 킬로미터로
    제2과, 제1회, 종로3가 → 제이과, 제일 회, 종로 삼가
    5 < 6, a ≥ 5, 2+2=4, 3×4 → 오는 육보다 작다, a는 오보다 크거나 같다, 이 더하기 이는 사, 삼 곱하기 사
    ≥ 5, 10+, ±3, -5 → 오 이상, 십 이상, 플러스마이너스 삼, 마이너스 오
    010-1234-5678로, 1588-1234, 119에 → 공일공, 일이삼사, 오육칠팔로, 일오팔팔, 일이삼사, 일일구에
    https://www.example.com/a/b?c → example 점 com
    hello@example.com로 → hello 골뱅이 example 점 com로
    #여행 #제주도 → 해시태그 여행 해시태그 제주도
    AT&T, Q&A, C++, C# → A T 앤 T, Q 앤 A, C 플러스 플러스, C 샵
    v2.0.1, 192.168.0.1 → 버전 이 점 영 점 일, 일구이 점 일육팔 점 영 점 일
    서울~부산, 월~금, 네~ 좋아요 → 서울에서 부산, 월에서 금, 네 좋아요
    3.1 운동, 6.25 전쟁, 3.14 → 삼일 운동, 육이오 전쟁, 삼 점 일사
    1st, 1990s, #1, №5 → 첫 번째, 천구백구십 년대, 일 번, 넘버 오`),
  )('%s', (written, spoken) => expect(say('ko', written)).toBe(spoken))
})

describe('other languages', () => {
  it.each([
    ['de', '$5 und 25℃ bei 90 km/h', '5 US-Dollar und 25 Grad Celsius bei 90 Kilometer pro Stunde'],
    ['de', '1.000.000,50 von 1,000,000', '1000000,50 von 1000000'],
    ['fr', 'https://www.example.fr/a/b', 'example point F R'],
    ['ru', '$5', '5 долларов США'],
    ['es', 'El año 1969, a las 15:30, n.º 5: 50 % (R&D)', 'El año 1969, a las 15:30, n.º 5: 50 % (R&D)'],
    ['xx', '$5 & 25℃', '$5 & 25°C'],
  ])('%s: %s', (language, written, spoken) => expect(say(language, written)).toBe(spoken))
})

it('leaves what is words already as it is', () => {
  for (const [language, text] of [
    [
      'en',
      'The “sea” — it’s salt, isn’t it? Well-known (maybe)… NASA, U.S. and Mr Smith; Mayor of York: no!\n\nEnd.',
    ],
    ['ko', '“바다”는 짜다 — 그렇죠? 이 사람이, 그 가게(서울)에서… NASA와 BTS; 끝!\n\n다음.'],
    ['de', 'Das Meer — ist es salzig? Ja: „sehr“!'],
  ] as const)
    expect(speechText(text, language).text).toBe(text)
})

describe('pronunciations', () => {
  const list = [
    { written: 'Rushes', spoken: 'rush-is' },
    { written: 'BTS', spoken: '방탄소년단' },
    { written: 'R2-D2', spoken: 'R 2 D 2' },
    { written: 'New York', spoken: 'noo york' },
    { written: 'GIF', spoken: 'jiff' },
  ]

  it.each([
    ['en', 'Rushes and RUSHES’ rushes, not Rushesland', 'rush-is and rush-is’ rush-is, not Rushesland'],
    ['en', 'R2-D2 made 5 GIFs and a GIF in New  York.', 'R two D two made five GIFs and a jiff in noo york.'],
    ['ko', 'BTS는 3명과 BTS가 왔다', '방탄소년단은 세 명과 방탄소년단이 왔다'],
    ['de', 'Rushes kostet', 'rush-is kostet'],
  ])(
    'replace whole words, whatever their case, and are put into words themselves (%s: %s)',
    (language, text, spoken) => {
      expect(speechText(text, language, list).text).toBe(spoken)
    },
  )

  it('can hold any signs', () => {
    const odd = [
      { written: '(.*)+[', spoken: 'five' },
      { written: '=>', spoken: 'leads to' },
    ]
    expect(speechText('a (.*)+[ => b', 'en', odd).text).toBe('a five leads to b')
  })
})

describe('times of the written words', () => {
  /** One second per spoken word. */
  function timesOf(text: string, language: string): string[] {
    const spoken = speechText(text, language)
    const said = wordUnits(spoken.text, language)
    const times = said.map(({ start, end }, index) => ({ start, end, from: index, to: index + 1 }))
    return writtenTimes(text, language, spoken, times).map(
      ({ start, end, from, to }) => `${text.slice(start, end)} ${from}-${to}`,
    )
  }

  it.each([
    ['en', 'Pay $5 now', ['Pay 0-1', '$5 1-3', 'now 3-4']],
    ['en', 'about $5 million, 5 km', ['about 0-1', '$5 1-2', 'million 2-4', '5 4-5', 'km 5-6']],
    ['en', '5 < 6!', ['5 0-1', '6 4-5']],
    ['en', 'see https://www.example.com/a here', ['see 0-1', 'https://www.example.com/a 1-4', 'here 4-5']],
    [
      'en',
      'on Nov. 28, 2026 at 3 p.m.',
      ['on 0-1', 'Nov 1-2', '28 2-3', '2026 3-5', 'at 5-6', '3 6-7', 'p.m 7-9'],
    ],
    ['ko', '5 < 6 이다', ['5 0-1', '6 1-3', '이다 3-4']],
    ['ko', '㈜한국 605.2㎢이다', ['한국 1-2', '605.2㎢이다 2-6']],
    ['ko', '60 km/h로 3시 15분', ['60 0-2', 'km/h로 2-3', '3시 3-5', '15분 5-7']],
    ['fr', '1 000 000 fois', ['1 0-0.142', '000 0.142-0.571', '000 0.571-1', 'fois 1-2']],
  ])('follow how they are said (%s: %s)', (language, text, expected) => {
    const rounded = timesOf(text, language).map((line) => line.replace(/(\.\d{3})\d+/g, '$1'))
    expect(rounded).toEqual(expected)
  })
})
