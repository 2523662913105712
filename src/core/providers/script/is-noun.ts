/** Whether a word of a text is a noun there, as far as can be told. */
export type IsNoun = (word: string) => boolean
