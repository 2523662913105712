import { expect, it, onTestFinished } from 'vitest'
import { encodeAction, type Verb } from '../../src/bot/view/action-id.ts'
import { desk, readyDraft } from '../factories/desk.ts'
import { sharedProgram } from '../factories/program.ts'

const program = sharedProgram()

/** Counts the statements that the database is asked to run. */
function statements(): () => number {
  const connection = program().core.db.fork().getConnection()
  const { execute } = connection
  let count = 0
  connection.execute = new Proxy(execute, {
    apply(target, connection, given) {
      count += 1
      return Reflect.apply(target, connection, given)
    },
  })
  onTestFinished(() => {
    connection.execute = execute
  })
  return () => count
}

// Platforms give a form three seconds, of which the network and a busy machine take most.
it.each<[Verb, number]>([
  ['create_form', 0],
  ['edit_form', 1],
  ['add_form', 0],
  ['insert_form', 1],
  ['rewrite_form', 1],
  ['settings_form', 1],
  ['render_form', 1],
])('opens a form with few reads of the database: %s with %i', async (verb, reads) => {
  const { draftId, segment } = await readyDraft(program)
  const { press } = desk(program)
  await program().threads.settled()
  const counted = statements()
  const { form } = await press(
    encodeAction(verb, draftId, verb === 'add_form' ? 0 : segment.id, segment.version),
  )
  expect([form === undefined, counted()]).toEqual([false, reads])
})
