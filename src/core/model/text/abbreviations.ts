/**
 * What the full stop after an abbreviation can mean: `never` the end of a sentence (Dr.), not before a `number` (No. 5), or
 * only if a new sentence `clearly` starts (Inc., p.m.).
 */
export type AbbreviationEnd = 'never' | 'number' | 'clearly'

const words = (list: string) => list.split(/\s+/)

/** Case-insensitive. */
const ANY_CASE: Record<AbbreviationEnd, Set<string>> = {
  never: new Set(
    words(
      `dr drs mr mrs ms messrs mx prof sgt capt cpt cmdr supt atty asst srta dra dott dhr mevr mme mlle ph
       vs v cf ca e.g i.e eg ie viz approx appx ext dept univ tel avg feat bzw z.b u.a d.h ggf vgl bzgl evtl inkl p.ex ul jl`,
    ),
  ),
  number: new Set(
    words(
      'no nos nr núm vol vols fig figs ch sec art eq est max min p pp pág cap par tab abb abs bd kl str стр рис гл',
    ),
  ),
  clearly: new Set(
    words(
      `u.s u.k u.n e.u u.s.a d.c l.a a.m p.m inc ltd corp llc plc bros jr sr etc al ph.d m.d b.a m.a b.c a.d b.c.e c.e
       blvd rd hrs hr mins lb lbs oz ft gmbh usw ecc ee.uu`,
    ),
  ),
}
/** Also ordinary words (a rep, the sun, mar, det), so they are only abbreviations if capitalised. */
const CAPITALISED: Record<AbbreviationEnd, Set<string>> = {
  never: new Set(
    words(
      `Mt Ste Lt Col Gen Maj Adm Rev Fr Hon Gov Sen Sens Rep Reps Pres Det Insp Pvt Cpl Brig Amb Assoc Wm Chas Sra Av Avda
       Ing Lic Sig EE TP GS PGS ThS`,
    ),
  ),
  number: new Set(),
  clearly: new Set(
    words(
      `St Co Ave Sr Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun
       Calif Tex Fla Ariz Colo Conn Minn Mich Okla Penn Tenn UU Mio Mrd`,
    ),
  ),
}

/** Only for scripts without syllable letters: 네. is an answer. */
const INITIALS = /^(?![\p{Script=Hangul}\p{Script=Han}])\p{L}(\.\p{L})*$/u

/** @param word as written, without its final full stop. @returns null if it isn't an abbreviation */
export function abbreviationEnd(word: string): AbbreviationEnd | null {
  for (const end of ['number', 'never', 'clearly'] as const)
    if (ANY_CASE[end].has(word.toLowerCase()) || CAPITALISED[end].has(word)) return end
  // Hauptstr. 12
  if (/str$/u.test(word)) return 'number'
  // An initial (J. K. Rowling) or a spelled abbreviation (U.S.).
  return INITIALS.test(word) ? 'clearly' : null
}
