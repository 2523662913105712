import { existsSync } from 'node:fs'
import { auditTrail } from '../../../core/draft/audit.ts'
import { actsOf, parsePerson } from '../../../core/records/person/person.ts'
import { openDatabase } from '../../../db/database.ts'
import type { Audit } from '../../../db/entities/audit.ts'
import { databaseFile, loadSettings } from '../config.ts'
import { readArguments, refuse, runTool, say } from './tool.ts'

const USAGE = `npm run audit [-- --draft draft_… --person discord:123|slack:U123|slack:T123/U123
  --since 2026-01-31 --limit 1000 --json]`

/** The default number of entries. */
const LIMIT = 1000

/** `npm run audit`: shows who did what to which draft, and when. The bot may be running. */
async function main(): Promise<void> {
  const asked = readArguments(USAGE, {
    draft: { type: 'string' },
    person: { type: 'string' },
    since: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean' },
  })
  if (!asked) return
  const { draft, person, since, limit, json = false } = asked.values
  if (asked.positionals.length > 0) refuse(USAGE, `“${asked.positionals[0]}” is not an option.`)
  const query = {
    draftId: draft,
    person: person === undefined ? undefined : actsOf(personIn(person)),
    since: since === undefined ? undefined : dateIn(since),
    limit: limit === undefined ? LIMIT : numberIn(limit),
  }
  const file = databaseFile(loadSettings())
  if (!existsSync(file)) return say(`There is no audit trail yet: ${file} does not exist.`)
  const db = await openDatabase(file, { migrate: false })
  try {
    const acts = await auditTrail(db, query)
    if (json) return say(JSON.stringify(acts, null, 2))
    for (const act of acts) say(lineOf(act))
    if (acts.length === 0) say('No entries match.')
    if (acts.length === query.limit)
      say(`Only the newest ${query.limit} entries are shown. Use --limit to see more.`)
  } finally {
    await db.close()
  }
}

function personIn(typed: string) {
  return (
    parsePerson(typed) ??
    refuse(USAGE, `“${typed}” is not a person. Use a form such as discord:123 or slack:U123.`)
  )
}

/** A day or a time in ISO 8601; UTC by default. */
function dateIn(typed: string): Date {
  const date = new Date(typed)
  if (!/^\d{4}-\d\d-\d\d/.test(typed) || Number.isNaN(date.getTime()))
    return refuse(USAGE, `--since takes a date such as 2026-01-31, not “${typed}”.`)
  return date
}

function numberIn(typed: string): number {
  if (!/^[1-9]\d{0,6}$/.test(typed))
    return refuse(USAGE, `--limit takes a whole number of at least 1, not “${typed}”.`)
  return Number(typed)
}

function lineOf({
  createdAt,
  act,
  draftId,
  workspace,
  channelId,
  actorId,
  actorName,
  facts,
  surface,
}: Audit) {
  const at = createdAt.toISOString().slice(0, 19).replace('T', ' ')
  const where = workspace === '' ? '' : `in ${workspace}${channelId === '' ? '' : `/${channelId}`}`
  const what = Object.entries(facts).map(([name, value]) => `${name} ${value}`)
  const parts = [`${at} UTC`, act, draftId ?? '', `by ${whoOf(surface, actorId, actorName)}`, where]
  return printable([...parts.filter((part) => part !== ''), ...what].join('  '))
}

function whoOf(surface: string, actorId: string | null, actorName: string | null): string {
  if (actorId === null) return 'Rushes itself'
  return actorId === '' ? 'an erased person' : `${actorName} (${surface}:${actorId})`
}

/** Names come from outside, so control characters and direction overrides aren't printed. */
function printable(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
}

await runTool(main)
