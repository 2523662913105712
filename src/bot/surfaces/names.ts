import type { NameOf, Reference } from '../../core/model/text/references.ts'

/** Maximum number of names looked up for one text, and milliseconds for all of them: a form has to open within three seconds. */
const MOST = 20
const PATIENCE = 1000

/** Looks up names concurrently; those not found in time stay unknown. */
export async function namesOf(
  references: Reference[],
  find: (reference: Reference, patience: number) => Promise<string | null>,
): Promise<NameOf> {
  const names = new Map<string, string>()
  const found = references.slice(0, MOST).map(async (reference) => {
    const name = await find(reference, PATIENCE).catch(() => null)
    if (name !== null) names.set(keyOf(reference), name)
  })
  await Promise.race([Promise.all(found), patience()])
  return (reference) => names.get(keyOf(reference)) ?? null
}

function keyOf({ kind, id }: Reference): string {
  return `${kind} ${id}`
}

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE).unref()
  })
}
