/**
 * Words of people inside a text that Discord reads as Markdown, so that they look as they were typed.
 * https://support.discord.com/hc/en-us/articles/210298617 and https://discord.com/developers/docs/reference#message-formatting
 * A backslash before a character that is neither letter, digit nor blank shows that character.
 */
export function escapeMarkdown(text: string): string {
  let escaped = ''
  let from = 0
  // Discord takes an address as one piece, so that a backslash in it would be shown and would break the link.
  for (const match of text.matchAll(ADDRESS)) {
    // Right before an address these two would take a part of it for an emoji, or hide its preview.
    escaped += escapePlain(text.slice(from, match.index)).replace(/(?:<|:[\w+-]*)$/, '\\$&')
    from = match.index + match[0].length
    const glued = /^\S*/.exec(text.slice(from))?.[0] ?? ''
    // A backslash behind it would become a part of it as well; then it is shown, but is no link.
    escaped += escapePlain(glued) === glued ? match[0] : escapePlain(match[0]).replaceAll('://', '\\://')
  }
  return atLineStarts(escaped + escapePlain(text.slice(from))).toWellFormed()
}

/** The same where an address must not stay as it is: inside bold or italics. */
export function escapeInside(text: string): string {
  return atLineStarts(escapePlain(text)).toWellFormed()
}

/**
 * Whether a text can be the label of a link. A backslash means nothing there: brackets would end the label, other signs
 * would show their backslashes.
 */
export function fitsLabel(text: string): boolean {
  return !/[[\]]|:\/\//.test(text) && escapeInside(text) === text
}

/** An address fit for the round brackets of a link. */
export function escapeAddress(url: string): string {
  return url.replace(/[\s()<>\\]/g, (character) => encodeURIComponent(character).replace(/[()]/g, hex))
}

/** As the clients find it. */
const ADDRESS = /https?:\/\/[^\s<]+[^<.,:;"'\]\s]/g

function escapePlain(text: string): string {
  return (
    text
      .replace(/[\\*~`|]/g, '\\$&')
      // Between letters or digits (draft_2026) an underscore means nothing.
      .replace(/(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])/g, '\\_')
      // A bracket that ends a label may be anywhere behind it, so every one that could begin a label is taken for one.
      .replaceAll('[', '\\[')
      // Mentions, emoji, times, commands, addresses in angle brackets.
      .replace(/<(?=[@#:/a-z])/gi, '\\<')
      // :smile:
      .replace(/:(?=[\w+-]+:)/g, '\\:')
  )
}

/** Headings, small print, quotes and lists exist at the start of a line only. */
function atLineStarts(text: string): string {
  return text
    .replace(/^([ \t]*)(#{1,3}\s|-#|-\s|\+\s|>)/gm, '$1\\$2')
    .replace(/^([ \t]*\d+)([.)]\s)/gm, '$1\\$2')
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
