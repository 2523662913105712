import { onTestFinished } from 'vitest'
import type { TestProgram } from './program.ts'

/** Records the statements that a program's database runs, until the test ends. */
export function statementsOf({ core }: Pick<TestProgram, 'core'>): string[] {
  const connection = core.db.fork().getConnection()
  const { execute } = connection
  const statements: string[] = []
  connection.execute = new Proxy(execute, {
    apply(target, connection, given) {
      statements.push(String(given[0]))
      return Reflect.apply(target, connection, given)
    },
  })
  onTestFinished(() => {
    connection.execute = execute
  })
  return statements
}
