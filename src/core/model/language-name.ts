/** A language's name in another language, e.g. “German”; the code if it is unknown. */
export function languageNameIn(reader: string, language: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}
