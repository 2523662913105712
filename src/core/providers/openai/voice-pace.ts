/**
 * Characters per minute, spaces included, of people reading aloud in their native language: the IReST study
 * (Trauzettel-Klosinski & Dietz, “Standardized Assessment of Reading Performance”, IOVS 2012, table 2). Korean isn't in
 * it: about 340 syllables a minute in broadcast news, with a space after every third.
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

/** A narrator pauses between sentences; the readers in the study, who were asked to read fast, didn't. */
const NARRATION = 0.9

/** How many characters per second a narrator speaks in a language. */
export function narrationPace(language: string): number {
  const primary = language.toLowerCase().split('-')[0] ?? ''
  return ((READ_ALOUD[primary] ?? OTHERS) * NARRATION) / 60
}
