import { at, parts, type Rule } from '../scan.ts'
import { cardinal, native } from './numbers.ts'

/** Counters used with 하나, 둘, 셋, and up to which number; above that with 일, 이, 삼. */
const NATIVE: Record<string, number> = {
  ...{
    시간: 20,
    시: 12,
    배: 19,
    달: 12,
    번째: 99,
    번: 20,
    명: 99,
    사람: 99,
    살: 99,
    개: 99,
    마리: 99,
    권: 99,
    장: 99,
  },
  ...{
    대: 99,
    병: 99,
    잔: 99,
    그릇: 99,
    벌: 99,
    켤레: 99,
    송이: 99,
    그루: 99,
    채: 99,
    척: 99,
    자루: 99,
    다발: 99,
  },
  ...{
    봉지: 99,
    상자: 99,
    박스: 20,
    곳: 99,
    군데: 99,
    가지: 99,
    쌍: 99,
    팀: 20,
    끼: 99,
    모금: 99,
    방울: 99,
    칸: 99,
  },
  ...{
    통: 99,
    판: 99,
    편: 99,
    포기: 99,
    줄: 99,
    건: 20,
    차례: 99,
    걸음: 99,
    발짝: 99,
    발: 20,
    바퀴: 99,
    컵: 99,
  },
  ...{
    스푼: 99,
    큰술: 99,
    작은술: 99,
    종류: 99,
    게임: 20,
    경기: 20,
    골: 20,
    곡: 99,
    나라: 20,
    도시: 20,
    단어: 20,
    문장: 20,
  },
  ...{
    조각: 99,
    접시: 99,
    덩어리: 99,
    알: 99,
    톨: 99,
    입: 99,
    분기: 0,
    식구: 99,
    세트: 20,
    주먹: 99,
    움큼: 99,
    묶음: 99,
  },
  ...{
    갑: 99,
    켤: 99,
    냥: 99,
    돌: 99,
    필: 99,
    첩: 99,
    축: 99,
    쾌: 99,
    손: 99,
    꼭지: 99,
    무리: 99,
    밤: 20,
    해: 20,
  },
}
/** Counters used with 일, 이, 삼, and said with a space before them. */
const SINO =
  '퍼센트포인트|퍼센트|킬로그램|킬로미터|센티미터|밀리미터|제곱미터|페이지|개월|개국|개년|인분|학년|번지|호선|달러|유로|위안|파운드|엔|원|분|초|년대|년|월|일|주일|주|층|호|회|차|위|등|점|인|세|도|쪽|프로|킬로|미터|그램|리터|톤|평|박|강|승|패|단계|종|세기|조|기|급|단|부|동|관|면|탄|기압|마력|와트|볼트|바이트|기가|메가'
/** What may follow a counter without making it a different word. */
const AFTER =
  '(?=$|[^가-힣]|(?:이|가|은|는|을|를|의|에|도|만|과|와|로|으로|까지|부터|인|입|씩|당|째|쯤|정도|가량|마다|보다|나|밖|뿐|미만|초과|간|며|고|라|였|예|동안|전|후|반|짜리|들|꼴|중|남짓|넘|요|처럼|하고|랑|이상|이하)(?:[^가-힣]|$|[가-힣]))'
const names = Object.keys(NATIVE).sort((one, other) => other.length - one.length)
const COUNTER = `(?:${names.join('|')})`
/** After 번, these indicate a number (1번 출구) rather than how often. */
const NUMBERED =
  /^\s?(?:출구|문제|버스|버튼|선수|타자|국도|채널|방|자리|항목|후보|답|곡|트랙|교향곡|홀|창구|게이트|줄|카드|문항|보기|좌석)/
/** Excludes longer words that begin with a counter: 개 in 개월, 시 in 시즌, 대 in 대문. */
const LONGER =
  '(?!개[월국년]|시즌|시리|시민|시장|대문|대학|대회|대륙|장르|번지|번가|달러|편집|통신|판매|발전|해외|알림|손님|입니|입을|밤새)'

/** Matches where a counter begins, so that a space separates it from the number. */
export const COUNTER_AHEAD = `(?=개[월국년]|${LONGER}(?:${names.join('|')}|${SINO}))`

/** 3명 “세 명”, 20살 “스무 살”, 3시 “세 시”; not in a span (3~5명), where both numbers are said in the same way. */
export const COUNTER_RULES: Rule[] = [
  {
    pattern: at(
      `(?<![\\p{N}.,:]|\\p{N}\\s?[~〜～–—-]\\s?|제|기호\\s?|[₩$€£¥])(?<n>\\d{1,2})(?<gap>\\s?)${LONGER}(?<counter>${COUNTER})${AFTER}`,
    ),
    say: (match, { text, at: from }) => {
      const { n = '', gap = '', counter = '' } = match.groups ?? {}
      const number = Number(n)
      const behind = text.slice(from + match[0].length)
      if (number < 1 || number > (NATIVE[counter] ?? 0)) return null
      // 20대 is an age, 3대 2 a score, 1번 출구 a name.
      if (counter === '대' && (number % 10 === 0 || /^\s?\d/.test(behind))) return null
      if (counter === '번' && NUMBERED.test(behind)) return null
      const said = counter === '번째' && number === 1 ? '첫' : native(number)
      return parts([n, `${said} `], [gap + counter, counter])
    },
  },
  {
    pattern: at(`(?<![\\p{N}.,])(?<n>1[02]|[1-9])(?<gap>\\s?)월(?!\\s?세)`),
    say: ({ groups = {} }) =>
      ['6', '10'].includes(groups.n ?? '')
        ? groups.n === '6'
          ? '유월'
          : '시월'
        : `${cardinal(groups.n ?? '')}월`,
  },
]
