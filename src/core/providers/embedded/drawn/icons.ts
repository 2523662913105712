import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** A path of an icon: SVG path data in a square of 256 units, and its opacity, 0 to 1. */
export interface IconPath {
  data: string
  opacity: number
}

/** The side of the square that icons are drawn in. */
export const ICON_SIDE = 256

const require = createRequire(import.meta.url)
const FOLDER = path.resolve(path.dirname(require.resolve('@phosphor-icons/core')), '../assets/duotone')

function fileOf(icon: string): string {
  return path.join(FOLDER, `${icon}-duotone.svg`)
}

/** Categories that show nothing a camera could see: buttons, other companies' logos. */
const LEFT_OUT = new Set<string>(['arrows', 'brands', 'editor', 'system', 'games'])
/** Icons that show a part of a page or a drawing rather than what their name says. */
const SIGNS = new Set<string>(
  'table columns rows list path selection frame circle square triangle line layout sidebar cards stack browser browsers notification swap shapes polygon rectangle article note notepad bookmark tab tabs dots-three prohibit placeholder empty number-one hash intersect unite exclude subtract gradient lasso knife resize ruler scribble signature'.split(
    ' ',
  ),
)
/** Icons in those categories that do show things. */
const KEPT = new Set<string>(
  'atom barcode battery-full calendar clock clock-countdown fire fingerprint flag gear hourglass infinity key lock magic-wand magnifying-glass puzzle-piece soccer-ball basketball baseball football tennis-ball volleyball bowling-ball golf dice-five game-controller crown horse sword medal trophy timer trash warning calendar-blank'.split(
    ' ',
  ),
)

/** Things missing from the icons' own tags, each with the icon that represents it. */
const ALIASES = `forest tree|woods tree|jungle tree-palm|beach tree-palm|nature leaf|garden flower|farm tractor|farmer tractor|wheat grains|rice bowl-food|noodles bowl-steam|soup bowl-steam|ramen bowl-steam|kimchi bowl-food|meat hamburger|vegetables carrot|fruit orange|tea tea-bag|milk drop|water drop|river waves|lake waves|sea waves|surfing waves|ice snowflake|winter snowflake|spring flower-tulip|summer sun|autumn leaf|sunrise sun-horizon|sunset sun-horizon|morning sun-horizon|night moon-stars|dream moon-stars|space planet|universe planet|galaxy planet|earth globe-hemisphere-east|world globe-hemisphere-west|climate thermometer-hot|weather cloud-sun|rain cloud-rain|storm cloud-lightning|volcano mountains|mountain mountains|hiking boot|desert sun|village house-line|home house|office buildings|building buildings|skyscraper buildings|factory factory|school student|university graduation-cap|education graduation-cap|studying book-open|reading book-open|books books|library books|museum bank|history scroll|war sword|castle castle-turret|palace castle-turret|king crown|queen crown|family users-three|friends users-three|people users-three|team users-three|children baby|child baby|baby baby|doctor stethoscope|hospital hospital|medicine pill|health heartbeat|heart heart|brain brain|memory brain|mind brain|body person|exercise barbell|running person-simple-run|swimming person-simple-swim|yoga person-simple-tai-chi|meditation person-simple-tai-chi|walking person-simple-walk|sleep bed|soccer soccer-ball|football football|baseball baseball|basketball basketball|tennis tennis-ball|sport trophy|success trophy|goal target|focus target|aim target|idea lightbulb|ideas lightbulb|secret lock-key|safety shield-check|security shield-check|money coins|savings piggy-bank|saving piggy-bank|salary coins|price tag|sale tag|shopping shopping-bag|market storefront|shop storefront|economy chart-line-up|growth chart-line-up|investment chart-line-up|stock chart-line-up|statistics chart-bar|data chart-bar|percent percent|work briefcase|business briefcase|job briefcase|startup rocket-launch|marketing megaphone|news newspaper|law scales|justice scales|vote check-square|election check-square|technology cpu|ai robot|robot robot|computer laptop|laptop laptop|coding code|programming code|software code|internet globe|network graph|phone device-mobile|smartphone device-mobile|camera camera|photography camera|cinema film-slate|movie film-slate|video video-camera|music music-notes|song music-notes|singing microphone-stage|concert microphone-stage|art palette|painting paint-brush|design palette|color palette|fashion t-shirt|clothes t-shirt|dress dress|shoes sneaker|cosmetics drop|wedding heart|love heart|birthday cake|party confetti|celebration confetti|christmas tree-evergreen|gift gift|travel airplane-tilt|trip suitcase-rolling|flight airplane-tilt|airplane airplane-tilt|train train|subway train|bus bus|car car|traffic traffic-signal|bicycle bicycle|ship boat|boat boat|bridge bridge|road road-horizon|map map-trifold|energy lightning|electricity lightning|solar solar-panel|wind wind|oil drop|plastic trash|garbage trash|recycling recycle|environment leaf|dog dog|puppy dog|cat cat|bird bird|birds bird|fish fish|cow cow|horse horse|butterfly butterfly|insect bug|insects bug|ant bug|rabbit rabbit|time clock|clock clock|hour hourglass|minute timer|second timer|deadline timer|habit repeat|schedule calendar|year calendar|month calendar|day sun|question question|number hash|letter envelope|email envelope|mail envelope|conversation chats|talk chats|language translate|speech megaphone|silence speaker-slash|noise speaker-high|sound waveform|science flask|chemistry flask|physics atom|biology dna|space-station planet|telescope binoculars|star star|stars star|moon moon-stars|fire fire|coffee coffee|cafe coffee|caffeine coffee|wine wine|beer beer-stein|bread bread|cake cake|cheese cheese|egg egg|cooking cooking-pot|kitchen cooking-pot|restaurant fork-knife|food fork-knife|diet carrot|sugar ice-cream|honey hexagon|bee flower|bees flower|beehive hexagon|hive hexagon|diamond diamond|gold coins|treasure treasure-chest|magic magic-wand|game game-controller|games game-controller|gaming game-controller|happiness smiley|happy smiley|joy smiley|smile smiley|keyboard keyboard|vaccine syringe|virus virus|hole planet|gravity planet|rome bank|greek bank|egypt triangle|hotel bed|tourist camera|tax receipt|bill receipt|receipt receipt|desk desk|meeting users-three|island island|bottle beer-bottle|salt grains|bamboo plant|plant plant|plants plant|leaf leaf|leaves leaf|worry smiley-sad|sad smiley-sad|anger smiley-angry|stress smiley-nervous|penguin snowflake|pasta bowl-steam|pizza pizza|library books|brush paint-brush|laundry washing-machine|cleaning broom|bath bathtub|shower shower|dance music-notes|dancing music-notes|ghost ghost|death skull|danger warning|key key|door door|window frame-corners|chair chair|bed bed|lamp lamp|candle flame|umbrella umbrella|glasses eyeglasses|eye eye|eyes eye|hand hand|hands hand|foot footprints|tooth tooth|teeth tooth`

/** English words for what an icon shows, plainest first. */
export function wordsOfIcon(icon: string): string[] {
  const aliases = ALIASES.split('|').filter((pair) => pair.endsWith(` ${icon}`))
  return [icon.replaceAll('-', ' '), ...aliases.map((pair) => pair.slice(0, pair.indexOf(' ')))]
}

interface Found {
  name: string
  weight: number
}

/** Icons by the words that find them, with how well they match. */
const index = new Map<string, Found[]>()

/**
 * Icons for an English text, best match first; none if nothing matches well. Words that come first count more.
 * @param limit the maximum number of icons.
 */
export function iconsFor(text: string, limit: number): string[] {
  if (index.size === 0) fill()
  const scores = new Map<string, number>()
  const words = [...new Set(text.toLowerCase().match(/[a-z]{2,}/g) ?? [])]
  for (const [place, word] of words.entries())
    for (const { name, weight } of foundBy(word))
      scores.set(name, (scores.get(name) ?? 0) + weight * (1 - place * 0.06))
  return [...scores.entries()]
    .filter(([, score]) => score >= LEAST)
    .toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([name]) => name)
}

/** An icon that matches less well says nothing. */
const LEAST = 3
const WEIGHTS = { alias: 12, name: 8, part: 3, tag: 2 }

/** If several icons share a tag, none of them is meant more than the others. */
const MOST_OF_A_TAG = 3

function fill(): void {
  // Several megabytes, which only a search needs.
  const { icons } = require('@phosphor-icons/core') as typeof import('@phosphor-icons/core')
  const known = new Set<string>()
  const put = (word: string, name: string, weight: number) => {
    const list = index.get(word)
    if (!list) index.set(word, [{ name, weight }])
    else if (!list.some((found) => found.name === name)) list.push({ name, weight })
  }
  for (const { name, categories, tags } of icons) {
    known.add(name)
    if (SIGNS.has(name)) continue
    if (!KEPT.has(name) && categories.every((category) => LEFT_OUT.has(category))) continue
    const parts = name.split('-')
    if (parts.length === 1) put(name, name, WEIGHTS.name)
    // The plain icon of a family stands for all of it.
    else for (const part of parts) put(part, name, WEIGHTS.part - parts.length * 0.1)
    for (const tag of tags) if (/^[a-z]{3,}$/.test(tag)) put(tag, name, WEIGHTS.tag)
  }
  for (const [word, list] of index)
    if (list.every(({ weight }) => weight <= WEIGHTS.tag) && list.length > MOST_OF_A_TAG) index.delete(word)
  for (const pair of ALIASES.split('|')) {
    const [word = '', name = ''] = pair.split(' ')
    if (known.has(name)) index.set(word, [{ name, weight: WEIGHTS.alias }, ...(index.get(word) ?? [])])
  }
}

function foundBy(word: string): Found[] {
  const forms = [
    word,
    word.replace(/ies$/, 'y'),
    word.replace(/(ch|sh|s|x)es$/, '$1'),
    word.replace(/s$/, ''),
  ]
  for (const form of forms) {
    const found = index.get(form)
    if (found) return found
  }
  return []
}

/** Icons are requested by the names in stored ids. */
export function isIcon(name: string): boolean {
  return /^[a-z]+(?:-[a-z]+)*$/.test(name) && existsSync(fileOf(name))
}

const drawn = new Map<string, IconPath[]>()

/** The paths of a two-tone icon, the lower one first. @throws Error if there is no such icon. */
export function iconPaths(name: string): IconPath[] {
  const kept = drawn.get(name)
  if (kept) return kept
  if (!isIcon(name)) throw new Error(`There is no icon ${name}.`)
  const svg = readFileSync(fileOf(name), 'utf8')
  const paths = Array.from(svg.matchAll(/<path ([^>]*)>/g), ([, attributes = '']) => ({
    data: /\bd="([^"]*)"/.exec(attributes)?.[1] ?? '',
    opacity: Number(/\bopacity="([^"]*)"/.exec(attributes)?.[1] ?? 1),
  }))
  drawn.set(name, paths)
  return paths
}
