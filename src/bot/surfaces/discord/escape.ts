/**
 * Escapes people's words within a text that Discord parses as Markdown, so that they look as typed.
 * https://support.discord.com/hc/en-us/articles/210298617 and https://discord.com/developers/docs/reference#message-formatting
 * A backslash before any character except letters, digits and spaces shows that character.
 */
export function escapeMarkdown(text: string): string {
  let escaped = ''
  let from = 0
  // Discord treats an address as one piece, so a backslash in it would be shown and would break the link.
  for (const match of text.matchAll(ADDRESS)) {
    // Right before an address, these two would turn part of it into an emoji, or hide its preview.
    escaped += escapePlain(text.slice(from, match.index)).replace(/(?:<|:[\w+-]*)$/, '\\$&')
    from = match.index + match[0].length
    const glued = /^\S*/.exec(text.slice(from))?.[0] ?? ''
    // A backslash after it would become part of it, too; then it is shown, but not as a link.
    escaped += escapePlain(glued) === glued ? match[0] : escapePlain(match[0]).replaceAll('://', '\\://')
  }
  return atLineStarts(escaped + escapePlain(text.slice(from))).toWellFormed()
}

/** Same, for places where addresses must be escaped, too: inside bold or italics. */
export function escapeInside(text: string): string {
  return atLineStarts(escapePlain(text)).toWellFormed()
}

/**
 * Whether a text can be a link's label. Backslashes don't work there: brackets would end the label, and other characters
 * would show their backslashes.
 */
export function fitsLabel(text: string): boolean {
  return !/[[\]]|:\/\//.test(text) && escapeInside(text) === text
}

/** An address that is safe inside a link's parentheses. */
export function escapeAddress(url: string): string {
  return url.replace(/[\s()<>\\]/g, (character) => encodeURIComponent(character).replace(/[()]/g, hex))
}

/** As the clients detect addresses. */
const ADDRESS = /https?:\/\/[^\s<]+[^<.,:;"'\]\s]/g

function escapePlain(text: string): string {
  return (
    text
      .replace(/[\\*~`|]/g, '\\$&')
      // Between letters or digits (draft_2026), an underscore has no meaning.
      .replace(/(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])/g, '\\_')
      // The bracket that ends a label may be anywhere after it, so each one that could start a label is escaped.
      .replaceAll('[', '\\[')
      // Mentions, emoji, timestamps, commands, addresses in angle brackets.
      .replace(/<(?=[@#:/a-z])/gi, '\\<')
      // :smile:
      .replace(/:(?=[\w+-]+:)/g, '\\:')
  )
}

/** Headings, small print, quotes and lists only exist at the start of a line. */
function atLineStarts(text: string): string {
  return text
    .replace(/^([ \t]*)(#{1,3}\s|-#|-\s|\+\s|>)/gm, '$1\\$2')
    .replace(/^([ \t]*\d+)([.)]\s)/gm, '$1\\$2')
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
