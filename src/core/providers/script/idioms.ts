import { ENGLISH_IDIOMS } from './idioms-en.ts'
import { KOREAN_IDIOMS } from './idioms-ko.ts'

/** Forms that -s, -ed and -ing alone don't cover. */
const IRREGULAR: Record<string, string> = {
  beat: 'beats?|beaten|beating',
  bend: 'bends?|bent|bending',
  bite: 'bites?|bit|bitten|biting',
  break: 'breaks?|broke|broken|breaking',
  catch: 'catch|catches|caught|catching',
  come: 'comes?|came|coming',
  cost: 'costs?|costing',
  cut: 'cuts?|cutting',
  drop: 'drops?|dropped|dropping',
  get: 'gets?|got|gotten|getting',
  give: 'gives?|gave|given|giving',
  go: 'go|goes|went|gone|going',
  hit: 'hits?|hitting',
  keep: 'keeps?|kept|keeping',
  lend: 'lends?|lent|lending',
  let: 'lets?|letting',
  lose: 'loses?|lost|losing',
  make: 'makes?|made|making',
  pay: 'pays?|paid|paying',
  put: 'puts?|putting',
  read: 'reads?|reading',
  see: 'sees?|saw|seen|seeing',
  sit: 'sits?|sat|sitting',
  speak: 'speaks?|spoke|spoken|speaking',
  steal: 'steals?|stole|stolen|stealing',
  take: 'takes?|took|taken|taking',
  think: 'thinks?|thought|thinking',
  throw: 'throws?|threw|thrown|throwing',
  wear: 'wears?|wore|worn|wearing',
  wrap: 'wraps?|wrapped|wrapping',
}
const WHOSE = "(?:my|your|his|her|its|our|their|the|(?:the )?\\p{L}+['’]s)"

interface Idiom {
  pattern: string
  meaning: string
}

/** Parses lines with the idiom and, after the `=`, what could be shown instead. */
function idiomsOf(lines: string, end: string): Idiom[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [said = '', meaning = ''] = line.split(' = ')
      const pattern = said
        .replace(/\{(\w+)\}/g, (_, verb: string) => `(?:${IRREGULAR[verb] ?? formsOf(verb)})`)
        .replaceAll('@', WHOSE)
        .replaceAll(' ', '\\s+')
        .replaceAll('~', '\\S*')
      return { pattern: `(?<![\\p{L}\\p{M}\\p{N}])(?:${pattern})${end}`.normalize('NFD'), meaning }
    })
}

function formsOf(verb: string): string {
  const stem = verb.replace(/e$/, '')
  return `${verb}|${verb}e?s|${stem}ed|${stem}ing`
}

/** All idioms, compiled when first needed: that takes longer than most other startup work. */
function idioms(): { all: readonly Idiom[]; any: RegExp } {
  if (made) return made
  const all = [
    ...idiomsOf(ENGLISH_IDIOMS, '(?![\\p{L}\\p{N}])'),
    // Verbs are listed by their stem; any ending may follow.
    ...idiomsOf(KOREAN_IDIOMS, ''),
  ]
  made = { all, any: new RegExp(all.map(({ pattern }) => pattern).join('|'), 'giu') }
  return made
}

let made: ReturnType<typeof idioms> | undefined

/** A text with each idiom replaced by a comma: what the idiom's words name isn't what the text is about. */
export function withoutIdioms(text: string): string {
  // Decomposed into letters, a Korean stem is a prefix of all its forms: 띄 of 띈.
  return text.normalize('NFD').replace(idioms().any, ' , ').normalize('NFC')
}

/** What the first idiom in a text means, as English things that a camera can see; null if there is no idiom. */
export function idiomMeaning(text: string): string | null {
  const [found] = text.normalize('NFD').match(idioms().any) ?? []
  if (found === undefined) return null
  return idioms().all.find(({ pattern }) => new RegExp(`^${pattern}$`, 'iu').test(found))?.meaning ?? null
}
