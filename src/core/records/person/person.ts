import type { FilterQuery } from '@mikro-orm/core'
import type { Audit } from '../../../db/entities/audit.ts'

/** The person whose traces are searched for. */
export interface Person {
  surface: string
  /** A Slack workspace, because its ids may not be unique across Slack; null for all. */
  team: string | null
  id: string
}

/**
 * Discord's ids: https://discord.com/developers/docs/reference#snowflakes; Slack's:
 * https://docs.slack.dev/reference/objects/user-object
 */
const PATTERNS: Record<string, RegExp> = {
  discord: /^(?<id>\d{5,20})$/,
  slack: /^(?:(?<team>[TE][A-Z0-9]{2,20})\/)?(?<id>[UW][A-Z0-9]{2,20})$/,
}
/** For surfaces with their own ids. */
const ANY = /^(?<id>[\w.@-]{1,100})$/

/** Parses `discord:123`, `slack:U123` or `slack:T123/U123`; null for anything else. */
export function parsePerson(typed: string): Person | null {
  const [, surface = '', rest = ''] = /^([a-z]{1,20}):(.+)$/.exec(typed) ?? []
  const found = (PATTERNS[surface] ?? ANY).exec(rest)?.groups
  if (surface === '' || !found?.id) return null
  return { surface, team: found.team ?? null, id: found.id }
}

/** The person in that notation. */
export function nameOfPerson({ surface, team, id }: Person): string {
  return `${surface}:${team === null ? '' : `${team}/`}${id}`
}

/** Which acts in the audit trail are theirs. */
export function actsOf(person: Person): FilterQuery<Audit> {
  const { surface, team, id } = person
  const workspace = `${surface}:${team}`
  return {
    ...{ actorId: id, surface },
    ...(team !== null && { $or: [{ workspace }, { workspace: { $like: `${workspace}:%` } }] }),
  }
}

/** The common prefix of their workspaces, with a `:` appended to them. */
export function homeOf({ surface, team }: Person): string {
  return team === null ? `${surface}:` : `${surface}:${team}:`
}
