export interface Currency {
  /** Singular and plural, also of the smaller coin; empty if none is in use. */
  en: [one: string, many: string, cent: string, cents: string]
  ko: [name: string, cent: string]
  /** ISO 4217. */
  code: string
}

const cents: [string, string] = ['cent', 'cents']

const CURRENCIES: Currency[] = [
  { code: 'USD', en: ['dollar', 'dollars', ...cents], ko: ['달러', '센트'] },
  { code: 'EUR', en: ['euro', 'euros', ...cents], ko: ['유로', '센트'] },
  { code: 'GBP', en: ['pound', 'pounds', 'penny', 'pence'], ko: ['파운드', '펜스'] },
  { code: 'KRW', en: ['won', 'won', '', ''], ko: ['원', ''] },
  { code: 'JPY', en: ['yen', 'yen', '', ''], ko: ['엔', ''] },
  { code: 'CNY', en: ['yuan', 'yuan', '', ''], ko: ['위안', ''] },
  { code: 'INR', en: ['rupee', 'rupees', '', ''], ko: ['루피', ''] },
  { code: 'BRL', en: ['real', 'reais', 'centavo', 'centavos'], ko: ['헤알', '센타부'] },
  { code: 'PLN', en: ['zloty', 'zlotys', 'grosz', 'groszy'], ko: ['즈워티', '그로시'] },
  { code: 'CZK', en: ['koruna', 'koruny', '', ''], ko: ['코루나', ''] },
  { code: 'SEK', en: ['krona', 'kronor', '', ''], ko: ['크로나', ''] },
  { code: 'NOK', en: ['krone', 'kroner', '', ''], ko: ['크로네', ''] },
  { code: 'DKK', en: ['krone', 'kroner', '', ''], ko: ['크로네', ''] },
  { code: 'TRY', en: ['lira', 'lira', '', ''], ko: ['리라', ''] },
  { code: 'RUB', en: ['ruble', 'rubles', '', ''], ko: ['루블', ''] },
  { code: 'UAH', en: ['hryvnia', 'hryvnias', '', ''], ko: ['흐리우냐', ''] },
  { code: 'VND', en: ['dong', 'dong', '', ''], ko: ['동', ''] },
  { code: 'IDR', en: ['rupiah', 'rupiah', '', ''], ko: ['루피아', ''] },
  { code: 'PHP', en: ['peso', 'pesos', '', ''], ko: ['페소', ''] },
  { code: 'MXN', en: ['Mexican peso', 'Mexican pesos', '', ''], ko: ['멕시코 페소', ''] },
  { code: 'THB', en: ['baht', 'baht', '', ''], ko: ['밧', ''] },
  { code: 'ILS', en: ['shekel', 'shekels', '', ''], ko: ['셰켈', ''] },
  { code: 'NGN', en: ['naira', 'naira', '', ''], ko: ['나이라', ''] },
  { code: 'CHF', en: ['Swiss franc', 'Swiss francs', '', ''], ko: ['스위스 프랑', ''] },
  { code: 'CAD', en: ['Canadian dollar', 'Canadian dollars', ...cents], ko: ['캐나다 달러', '센트'] },
  { code: 'AUD', en: ['Australian dollar', 'Australian dollars', ...cents], ko: ['호주 달러', '센트'] },
  { code: 'NZD', en: ['New Zealand dollar', 'New Zealand dollars', ...cents], ko: ['뉴질랜드 달러', '센트'] },
  { code: 'SGD', en: ['Singapore dollar', 'Singapore dollars', ...cents], ko: ['싱가포르 달러', '센트'] },
  { code: 'HKD', en: ['Hong Kong dollar', 'Hong Kong dollars', ...cents], ko: ['홍콩 달러', '센트'] },
  { code: 'TWD', en: ['Taiwan dollar', 'Taiwan dollars', '', ''], ko: ['대만 달러', ''] },
  { code: 'XBT', en: ['bitcoin', 'bitcoins', '', ''], ko: ['비트코인', ''] },
]

const SIGNS: Record<string, string> = {
  ...{
    $: 'USD',
    US$: 'USD',
    '€': 'EUR',
    '£': 'GBP',
    '₩': 'KRW',
    '¥': 'JPY',
    'CN¥': 'CNY',
    '₹': 'INR',
    R$: 'BRL',
  },
  ...{
    zł: 'PLN',
    Kč: 'CZK',
    '₺': 'TRY',
    '₽': 'RUB',
    '₴': 'UAH',
    '₫': 'VND',
    Rp: 'IDR',
    '₱': 'PHP',
    '฿': 'THB',
  },
  ...{
    '₪': 'ILS',
    '₦': 'NGN',
    CA$: 'CAD',
    C$: 'CAD',
    AU$: 'AUD',
    A$: 'AUD',
    NZ$: 'NZD',
    S$: 'SGD',
    HK$: 'HKD',
  },
  ...{ NT$: 'TWD', '₿': 'XBT', BTC: 'XBT', Rs: 'INR', 'Rs.': 'INR' },
}

const byCode = new Map(CURRENCIES.map((currency) => [currency.code, currency]))

/** The currency for a sign or an ISO code as written. */
export function currencyOf(written: string): Currency | undefined {
  return byCode.get(SIGNS[written] ?? written)
}

const names = (list: string[]) =>
  list
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(/[$.]/g, '\\$&'))
    .join('|')

/** The signs and codes that may precede or follow an amount. */
export const CURRENCY = `(?:${names([...Object.keys(SIGNS), ...byCode.keys()])})`
