import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import type { Block, Button, MessageView } from './types.ts'

/** A person signed in to the studio in one browser. */
interface SessionView {
  id: number
  /** Such as `Firefox, Windows`; empty if unknown. */
  userAgent: string
  createdAt: Date
  lastUsedAt: Date
}

/** A sign-in link, for the person who asked. @param isPublic whether it works on other machines. */
export function studioLink(link: string, isPublic: boolean, { signIn }: Words): MessageView {
  return {
    summary: signIn.open,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: [{ link, label: signIn.open }] },
      { type: 'note', text: isPublic ? signIn.about : `${signIn.about} ${signIn.onlyHere}` },
    ],
  }
}

/** Where a person is signed in. @param managesAll whether they may sign out everyone in the workspace. */
export function sessionsView(
  sessions: readonly SessionView[],
  { signIn }: Words,
  managesAll: boolean,
  said: string | null = null,
): MessageView {
  const lines = sessions.slice(0, LONGEST).map(
    ({ userAgent, createdAt, lastUsedAt }, index): Block => ({
      type: 'text',
      text: [
        `${index + 1}. ${signIn.browser(userAgent)} · ${signIn.since} `,
        { time: createdAt, as: 'date_time' },
        ` · ${signIn.used} `,
        { time: lastUsedAt, as: 'relative' },
      ],
    }),
  )
  const each = sessions.slice(0, LONGEST).map(
    ({ id }, index): Button => ({
      action: encodeAction('session_end', '', 0, id),
      label: signIn.end(index + 1),
    }),
  )
  const all: Button[] = [
    ...(sessions.length > 1 ? [{ action: encodeAction('sessions_end'), label: signIn.endOwn }] : []),
    ...(managesAll
      ? [{ action: encodeAction('sessions_end_all'), label: signIn.endAll, style: 'danger' as const }]
      : []),
  ]
  const summary = sessions.length === 0 ? signIn.noSessions : signIn.sessions
  const rows = [each.slice(0, ROW), each.slice(ROW), all].filter((buttons) => buttons.length > 0)
  return {
    summary,
    tone: 'neutral',
    blocks: [
      ...(said === null ? [] : [{ type: 'text' as const, text: [{ bold: said }] }]),
      { type: 'text', text: summary },
      ...lines,
      ...rows.map((buttons): Block => ({ type: 'buttons', buttons })),
    ],
  }
}

/** Buttons that fit in a row on every platform, and browsers shown in one message. */
const ROW = 5
const LONGEST = 2 * ROW
