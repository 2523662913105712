import { hash32 } from './random.ts'

/** Every kind of scene; `scenes/all.ts` has their drawing functions. */
export const SCENE_KINDS = [
  'hills',
  'rings',
  'skyline',
  'ribbons',
  'constellation',
  'papercut',
  'sea',
  'poster',
  'planets',
  'contours',
  'leaves',
  'blocks',
  'bokeh',
  'halftone',
] as const

export type SceneKind = (typeof SCENE_KINDS)[number]

export function isSceneKind(name: string): name is SceneKind {
  return SCENE_KINDS.some((kind) => kind === name)
}

/**
 * All kinds, best match first. Kinds suggested by a word in the text come first, rotated by the segment's place, then the
 * draft's own order of kinds, also rotated, so that neighbours differ.
 */
export function rankKinds(text: string, seed: string, index: number): SceneKind[] {
  const asked = turned(hintedKinds(text), index)
  const own = SCENE_KINDS.toSorted((a, b) => hash32(seed, a) - hash32(seed, b))
  return [...new Set([...asked, ...turned(own, index)])]
}

function turned<T>(list: readonly T[], by: number): T[] {
  if (list.length === 0) return []
  const start = by % list.length
  return [...list.slice(start), ...list.slice(0, start)]
}

/** English words are matched as a whole (with an optional plural -s), Korean ones as parts: particles follow them. */
const HINTS: readonly [kinds: readonly SceneKind[], english: string, korean: string][] = [
  [
    ['skyline', 'blocks'],
    'city|town|urban|street|downtown|building|skyscraper|office|apartment|seoul|tokyo|traffic|architecture|house',
    '도시|거리|빌딩|건물|아파트|서울|도심|집값|건축',
  ],
  [['skyline', 'planets', 'bokeh'], 'night|midnight|evening|neon|dark', '야경|밤하늘|한밤|야간|네온'],
  [
    ['sea', 'ribbons'],
    'sea|ocean|beach|wave|water|river|lake|coast|island|ship|boat|surf|swim|fish|whale',
    '바다|해변|파도|해안|호수|바닷|항구|고래|물고기|강물',
  ],
  [
    ['hills', 'contours'],
    'mountain|hill|hiking|trail|peak|valley|landscape|climb|desert|map|travel|journey|adventure',
    '(?:^|\\s)산(?=$|\\s|[을의에과이])|산맥|등산|산책|산악|계곡|여행|지도|정상|사막|풍경|모험',
  ],
  [
    ['planets', 'constellation'],
    'space|planet|moon|galaxy|universe|astronaut|star|rocket|mars|nasa|orbit|cosmic|telescope',
    '우주|행성|달빛|은하|별자리|로켓|화성|천문|궤도',
  ],
  [
    ['constellation', 'blocks', 'halftone'],
    'data|network|ai|technology|tech|computer|code|coding|software|internet|digital|robot|algorithm|cloud|brain|science|neural',
    '데이터|네트워크|인공지능|기술|컴퓨터|코딩|소프트웨어|인터넷|디지털|로봇|과학',
  ],
  [
    ['leaves', 'hills'],
    'nature|plant|tree|forest|leaf|leaves|garden|flower|green|jungle|spring|farm|bamboo|tea',
    '자연|식물|나무|숲|정원|꽃|나뭇잎|봄날|농장|녹차',
  ],
  [
    ['bokeh', 'papercut', 'poster'],
    'food|coffee|cafe|restaurant|cooking|recipe|kitchen|bread|wine|party|christmas|music|concert|light|candle',
    '음식|커피|카페|식당|요리|레시피|주방|와인|파티|크리스마스|음악|콘서트|조명|촛불',
  ],
  [
    ['blocks', 'rings', 'poster'],
    'business|money|finance|market|growth|startup|economy|statistics|chart|goal|success|invest|investment|bank|work',
    '사업|금융|시장|성장|창업|경제|통계|목표|성공|투자|은행|업무',
  ],
  [
    ['rings', 'halftone'],
    'time|clock|focus|energy|sound|target|cycle|habit|sport',
    '시간|시계|집중|에너지|소리|습관|운동',
  ],
  [['hills', 'sea'], 'sunset|sunrise|sun|dawn|morning|sky|horizon', '노을|일출|일몰|새벽|아침|하늘|지평선'],
]

const PATTERNS = HINTS.map(([kinds, english, korean]) => ({
  kinds,
  pattern: new RegExp(`\\b(?:${english})(?:e?s)?\\b|${korean}`, 'iu'),
}))

function hintedKinds(text: string): readonly SceneKind[] {
  return PATTERNS.find(({ pattern }) => pattern.test(text.normalize('NFC')))?.kinds ?? []
}
