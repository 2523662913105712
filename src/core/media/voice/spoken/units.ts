/** A unit's name: singular and plural in English, and in Korean. */
export interface UnitName {
  one: string
  many: string
  ko: string
  /** True if the letters mean the unit even without a number before them. */
  isClear: boolean
}

const PREFIXES: Record<string, [en: string, ko: string]> = {
  T: ['tera', '테라'],
  G: ['giga', '기가'],
  M: ['mega', '메가'],
  K: ['kilo', '킬로'],
  k: ['kilo', '킬로'],
  h: ['hecto', '헥토'],
  d: ['deci', '데시'],
  c: ['centi', '센티'],
  m: ['milli', '밀리'],
  µ: ['micro', '마이크로'],
  μ: ['micro', '마이크로'],
  n: ['nano', '나노'],
  p: ['pico', '피코'],
  P: ['peta', '페타'],
}

/** Units with their prefixes; a dot stands for no prefix. */
const COMPOSED: [unit: string, prefixes: string, one: string, many: string, ko: string][] = [
  ['m', '.kcmµμnd', 'meter', 'meters', '미터'],
  ['g', '.kmµμ', 'gram', 'grams', '그램'],
  ['L', '.mdkµμc', 'liter', 'liters', '리터'],
  ['l', '.mdkµμc', 'liter', 'liters', '리터'],
  ['ℓ', '.mdkµμc', 'liter', 'liters', '리터'],
  ['W', '.kMGTmµμnp', 'watt', 'watts', '와트'],
  ['Wh', '.kMGT', 'watt hour', 'watt hours', '와트시'],
  ['V', '.kMmµμnp', 'volt', 'volts', '볼트'],
  ['Hz', '.kMGT', 'hertz', 'hertz', '헤르츠'],
  ['B', 'kKMGTP', 'byte', 'bytes', '바이트'],
  ['bps', '.kKMGT', 'bits per second', 'bits per second', '비피에스'],
  ['Pa', '.hkMG', 'pascal', 'pascals', '파스칼'],
  ['J', 'kM', 'joule', 'joules', '줄'],
  ['N', 'k', 'newton', 'newtons', '뉴턴'],
  ['s', '.mµμnp', 'second', 'seconds', '초'],
  ['A', 'mkµμnp', 'amp', 'amps', '암페어'],
  ['Ah', '.m', 'amp hour', 'amp hours', '암페어시'],
  ['F', 'pnµμ', 'farad', 'farads', '패럿'],
  ['Ω', '.kM', 'ohm', 'ohms', '옴'],
  ['cal', '.k', 'calorie', 'calories', '칼로리'],
  ['mol', '.mk', 'mole', 'moles', '몰'],
  ['Sv', '.mµμ', 'sievert', 'sieverts', '시버트'],
  ['Bq', '.kMG', 'becquerel', 'becquerels', '베크렐'],
  ['Gy', '.m', 'gray', 'grays', '그레이'],
  ['lx', '.', 'lux', 'lux', '럭스'],
  ['lm', '.', 'lumen', 'lumens', '루멘'],
  ['cd', '.', 'candela', 'candelas', '칸델라'],
]

const OTHERS: Record<string, [one: string, many: string, ko: string]> = {
  '°C': ['degree Celsius', 'degrees Celsius', '도'],
  '°F': ['degree Fahrenheit', 'degrees Fahrenheit', '도'],
  '°': ['degree', 'degrees', '도'],
  '%': ['percent', 'percent', '퍼센트'],
  '%p': ['percentage point', 'percentage points', '퍼센트포인트'],
  '‰': ['per mille', 'per mille', '퍼밀'],
  ha: ['hectare', 'hectares', '헥타르'],
  t: ['ton', 'tons', '톤'],
  kt: ['kiloton', 'kilotons', '킬로톤'],
  lb: ['pound', 'pounds', '파운드'],
  lbs: ['pound', 'pounds', '파운드'],
  oz: ['ounce', 'ounces', '온스'],
  ft: ['foot', 'feet', '피트'],
  yd: ['yard', 'yards', '야드'],
  mi: ['mile', 'miles', '마일'],
  mph: ['mile per hour', 'miles per hour', '마일'],
  kph: ['kilometer per hour', 'kilometers per hour', '킬로미터'],
  gal: ['gallon', 'gallons', '갤런'],
  cc: ['cubic centimeter', 'cubic centimeters', '시시'],
  px: ['pixel', 'pixels', '픽셀'],
  MP: ['megapixel', 'megapixels', '메가픽셀'],
  fps: ['frame per second', 'frames per second', '프레임'],
  rpm: ['R P M', 'R P M', '알피엠'],
  bpm: ['beat per minute', 'beats per minute', '비피엠'],
  dB: ['decibel', 'decibels', '데시벨'],
  bar: ['bar', 'bars', '바'],
  mb: ['millibar', 'millibars', '밀리바'],
  atm: ['atmosphere', 'atmospheres', '기압'],
  psi: ['P S I', 'P S I', '피에스아이'],
  ppm: ['part per million', 'parts per million', '피피엠'],
  ppb: ['part per billion', 'parts per billion', '피피비'],
  hp: ['horsepower', 'horsepower', '마력'],
  pH: ['P H', 'P H', '페하'],
  eV: ['electron volt', 'electron volts', '전자볼트'],
  rad: ['radian', 'radians', '라디안'],
  min: ['minute', 'minutes', '분'],
  mins: ['minute', 'minutes', '분'],
  sec: ['second', 'seconds', '초'],
  secs: ['second', 'seconds', '초'],
  h: ['hour', 'hours', '시간'],
  hr: ['hour', 'hours', '시간'],
  hrs: ['hour', 'hours', '시간'],
  'sq ft': ['square foot', 'square feet', '제곱피트'],
  'sq m': ['square meter', 'square meters', '제곱미터'],
  sqft: ['square foot', 'square feet', '제곱피트'],
  'ft²': ['square foot', 'square feet', '제곱피트'],
  Gal: ['gal', 'gals', '갈'],
  Wb: ['weber', 'webers', '웨버'],
  sr: ['steradian', 'steradians', '스테라디안'],
  dyn: ['dyne', 'dynes', '다인'],
  mmHg: ['millimeter of mercury', 'millimeters of mercury', '밀리미터 수은'],
}
/** Letters that can also be words or other things if there is no number before them. */
const UNCLEAR =
  /^(?:[A-Za-zµμ]|[°%‰].*|ha|min|mins|sec|secs|bar|rad|cal|lb|mi|hp|sr|cc|ft|hr|hrs|oz|yd|Gal|gal|mol|cd|lm|lx|mb|MP|atm|Pa|Ah|Gy|kt|ms|ns|ps|pA|nA|pF|nF|pW|nW|pV|nV|kA|mA|kN|kJ|MJ|dm|nm|dl|cl|kl|cL|kL|dL|mW|MV|kV|mV|px|pH|MB|GB|TB|PB|kB|KB|dyn|Wb)$/

export const UNITS: ReadonlyMap<string, UnitName> = new Map(
  [...composed(), ...Object.entries(OTHERS)].flatMap(([key, [one, many, ko]]) => {
    const name = { one, many, ko, isClear: !UNCLEAR.test(key) || /^°[CF]$/.test(key) }
    const spellings = /[²³]/.test(key) ? [key, key.replace('²', '2').replace('³', '3')] : [key]
    return spellings.map((spelling): [string, UnitName] => [spelling, name])
  }),
)

function composed(): [string, [string, string, string]][] {
  return COMPOSED.flatMap(([unit, prefixes, one, many, ko]) =>
    [...prefixes].flatMap((prefix): [string, [string, string, string]][] => {
      const [en, korean] = PREFIXES[prefix] ?? ['', '']
      const key = `${prefix === '.' ? '' : prefix}${unit}`
      const names: [string, string, string] = [en + one, en + many, korean + ko]
      if (unit !== 'm') return [[key, names]]
      return [
        [key, names],
        [`${key}²`, [`square ${names[0]}`, `square ${names[1]}`, `제곱${names[2]}`]],
        [`${key}³`, [`cubic ${names[0]}`, `cubic ${names[1]}`, `세제곱${names[2]}`]],
      ]
    }),
  )
}

const byLength = [...UNITS.keys()].sort((one, other) => other.length - one.length).map(escaped)
/** Any unit. */
export const UNIT = `(?:${byLength.join('|')})`
export const CLEAR_UNIT = `(?:${[...UNITS]
  .filter(([, { isClear }]) => isClear)
  .map(([key]) => escaped(key))
  .sort((one, other) => other.length - one.length)
  .join('|')})`
/** What amounts are measured by, besides units: `$5/month`. */
export const SPANS: Record<string, [en: string, ko: string]> = {
  s: ['second', '초'],
  h: ['hour', '시간'],
  hr: ['hour', '시간'],
  min: ['minute', '분'],
  day: ['day', '일'],
  d: ['day', '일'],
  wk: ['week', '주'],
  week: ['week', '주'],
  mo: ['month', '월'],
  month: ['month', '월'],
  yr: ['year', '년'],
  year: ['year', '년'],
  night: ['night', '박'],
  person: ['person', '인'],
}

function escaped(key: string): string {
  return key.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
