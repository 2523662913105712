/**
 * Characters a minute, spaces included, of people who read aloud in their own language: the IReST study
 * (Trauzettel-Klosinski & Dietz, “Standardized Assessment of Reading Performance”, IOVS 2012, table 2).
 * Korean is not in it: about 340 syllables a minute in broadcast news, and a space after every third.
 */
const READ_ALOUD: Record<string, number> = {
  ar: 612,
  de: 920,
  en: 987,
  es: 1025,
  fi: 1078,
  fr: 998,
  he: 833,
  it: 950,
  ja: 357,
  ko: 450,
  nl: 978,
  pl: 916,
  pt: 913,
  ru: 986,
  sl: 885,
  sv: 917,
  tr: 1054,
  zh: 255,
}
const OTHERS = 930

/** A narrator leaves pauses between sentences that the readers of the study, asked to read fast, did not. */
const NARRATION = 0.9

/** Characters a second that a narrator's voice speaks in a language. */
export function narrationPace(language: string): number {
  const primary = language.toLowerCase().split('-')[0] ?? ''
  return ((READ_ALOUD[primary] ?? OTHERS) * NARRATION) / 60
}
