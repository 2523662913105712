import { pino } from 'pino'
import { compose } from '../src/bot/program/compose.ts'
import { loadSettings } from '../src/bot/program/config.ts'
import type { Core } from '../src/core/draft/core.ts'

/** Writes into the database and the store of a stopped bot. */
export async function withStoppedProgram(
  folder: string,
  write: (core: Core) => Promise<void>,
): Promise<void> {
  const log = pino({ level: 'silent' })
  const program = await compose(loadSettings({ DATA_DIR: folder }), log, { what: 'npm run bench' })
  try {
    await write(program.core)
  } finally {
    await program.stop()
  }
}
