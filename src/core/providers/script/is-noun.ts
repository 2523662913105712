/** Whether a word of a text is a noun there, as far as that can be determined. */
export type IsNoun = (word: string) => boolean
