/** The name of a country in a language, for the first two letters of a code such as `kr` or `gb-eng`; the code for what is none. */
export function countryNameIn(language: string, code: string): string {
  const region = code.slice(0, 2).toUpperCase()
  if (!/^[A-Z]{2}$/.test(region)) return code
  return new Intl.DisplayNames(language, { type: 'region' }).of(region) ?? code
}
