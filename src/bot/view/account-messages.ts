import { failureText } from '../words/failures.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import type { Block, Inline, MessageView } from './types.ts'

/** A linked channel, as shown to people. */
interface AccountView {
  name: string
  isDefault: boolean
  linkedByName: string
  /** Why it can't be used, as written by `storedFailure`. */
  problem?: string | null | undefined
}

/** Where to go and what to enter there, shown only to the person who is linking a channel. */
export function linkView(
  { address, userCode, expiresAt }: { address: string; userCode: string; expiresAt: Date },
  number: number,
  words: Words,
  note: string | null = null,
): MessageView {
  const action = encodeAction('account_check', '', 0, number)
  return {
    summary: words.account.enter,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: [`${words.account.enter} `, { link: address, label: address }] },
      { type: 'text', text: [{ bold: userCode }] },
      ...(note === null ? [] : [{ type: 'text' as const, text: [{ italic: note }] }]),
      { type: 'note', text: [`${words.account.until} `, { time: expiresAt, as: 'relative' }] },
      { type: 'buttons', buttons: [{ action, label: words.account.check, style: 'primary' }] },
    ],
  }
}

/** All channels of a workspace. */
export function accountsView(accounts: readonly AccountView[], words: Words): MessageView {
  const line = ({ name, isDefault, linkedByName, problem }: AccountView): Block => {
    const parts: Inline[] = [{ bold: name }]
    if (isDefault) parts.push(` · ${words.account.default}`)
    if (linkedByName !== '') parts.push(` · ${words.account.linkedBy(linkedByName)}`)
    if (problem) parts.push('\n', { italic: failureText(words, problem) })
    return { type: 'text', text: parts }
  }
  const summary = accounts.length === 0 ? words.account.none : words.account.list
  return {
    summary,
    tone: 'neutral',
    blocks: [{ type: 'text', text: summary }, ...accounts.slice(0, LONGEST).map(line)],
  }
}

/** Channels shown in one message. */
const LONGEST = 20
