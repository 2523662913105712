import { folded } from '../model/text/fold.ts'
import type { Core } from './core.ts'
import { type Seen, seenCondition } from './places.ts'

export interface Author {
  id: string
  name: string
}

/** The authors of a workspace's drafts that a person may see, those with the newest drafts first. */
export async function draftAuthors(core: Core, workspace: string, seen: Seen): Promise<Author[]> {
  const { sql, params } = seenCondition(seen)
  return core.db.fork().execute(
    // The most recent name.
    `select d.author_id as id, d.author_name as name from drafts d
       where d.id in (select max(d.id) from drafts d where d.workspace = ? and ${sql} group by d.author_id)
       order by d.id desc`,
    [workspace, ...params],
  )
}

/** Separators between the parts of a name, as in `ann.lee`. */
const BETWEEN = /[\s._-]+/u

/**
 * Pure: the people who may be meant by a full or partial name, such as `ann` or `ann.lee`; `after` are the following words,
 * some of which may still belong to the name: `Ann Lee bees`.
 * @returns the people, and the remaining words.
 */
export function authorsNamed<T extends Author>(
  authors: readonly T[],
  typed: string,
  after: readonly string[] = [],
): { found: T[]; left: string[] } {
  for (let taken = after.length; taken >= 0; taken -= 1) {
    const whole = partsOf([typed, ...after.slice(0, taken)].join(' '))
    const found = authors.filter(({ name }) => {
      const parts = partsOf(name)
      if (taken === 0) return whole.every((part) => parts.some((own) => own.startsWith(part)))
      return parts.length >= whole.length && whole.every((part, index) => parts[index] === part)
    })
    if (found.length > 0) return { found, left: after.slice(taken) }
  }
  return { found: [], left: [...after] }
}

function partsOf(name: string): string[] {
  return folded(name)
    .replace(/^@/, '')
    .split(BETWEEN)
    .filter((part) => part !== '')
}
