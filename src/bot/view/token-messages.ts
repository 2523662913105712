import type { ListedToken } from '../../core/draft/tokens.ts'
import type { Words } from '../words/index.ts'
import type { Block, Inline, MessageView } from './types.ts'

/** A new token, which is shown only once. @param origin the API's address; null if it isn't served. */
export function newTokenView(
  { name, scopes }: ListedToken,
  token: string,
  origin: string | null,
  words: Words,
): MessageView {
  const summary = words.token.created(name, scopes.map((scope) => words.token.scope[scope]).join(', '))
  return {
    summary,
    tone: 'good',
    blocks: [
      { type: 'text', text: summary },
      { type: 'text', text: [{ code: token }] },
      { type: 'note', text: words.token.keep },
      ...(origin === null
        ? []
        : [{ type: 'note' as const, text: [{ link: `${origin}/api/docs`, label: words.token.docs }] }]),
    ],
  }
}

/** All tokens of a workspace, without their secrets. */
export function tokensView(tokens: readonly ListedToken[], words: Words): MessageView {
  const summary = tokens.length === 0 ? words.token.none : words.token.list
  return {
    summary,
    tone: 'neutral',
    blocks: [{ type: 'text', text: summary }, ...tokens.slice(0, LONGEST).map((token) => line(token, words))],
  }
}

function line({ name, scopes, personName, lastUsedAt }: ListedToken, { token }: Words): Block {
  const used: Inline[] =
    lastUsedAt === null ? [token.unused] : [`${token.used} `, { time: lastUsedAt, as: 'relative' }]
  const about = [scopes.map((scope) => token.scope[scope]).join(', '), token.by(personName)].join(' · ')
  return { type: 'text', text: [{ bold: name }, ` · ${about} · `, ...used] }
}

/** Tokens shown in one message. */
const LONGEST = 20
