import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Migrator } from '@mikro-orm/migrations'
import { defineConfig } from '@mikro-orm/sqlite'
import { AccountEntity } from './entities/account.ts'
import { DraftEntity } from './entities/draft.ts'
import { HandledEventEntity } from './entities/handled-event.ts'
import { JobEntity } from './entities/job.ts'
import { KeptFormEntity } from './entities/kept-form.ts'
import { ProgramStateEntity } from './entities/program-state.ts'
import { RevisionEntity } from './entities/revision.ts'
import { SegmentEntity } from './entities/segment.ts'
import { ThreadMarkEntity } from './entities/thread-mark.ts'
import { ThreadMessageEntity } from './entities/thread-message.ts'
import { Migration0001Drafts } from './migrations/0001-drafts.ts'
import { Migration0002Threads } from './migrations/0002-threads.ts'
import { Migration0003Retries } from './migrations/0003-retries.ts'
import { Migration0006ThreadMarks } from './migrations/0006-thread-marks.ts'

/** In order. A migration that was released is never changed; what is new comes as one more at the end. */
export const MIGRATIONS = [
  { name: '0001-drafts', class: Migration0001Drafts },
  { name: '0002-threads', class: Migration0002Threads },
  { name: '0003-retries', class: Migration0003Retries },
  { name: '0006-thread-marks', class: Migration0006ThreadMarks },
]

/** MikroORM's options for a SQLite file (or `:memory:`); also what the `mikro-orm` command line works with. */
export function ormConfig(file: string) {
  if (file !== ':memory:') mkdirSync(path.dirname(path.resolve(file)), { recursive: true })
  return defineConfig({
    dbName: file,
    entities: [
      AccountEntity,
      DraftEntity,
      SegmentEntity,
      JobEntity,
      RevisionEntity,
      ThreadMessageEntity,
      KeptFormEntity,
      HandledEventEntity,
      ThreadMarkEntity,
      ProgramStateEntity,
    ],
    extensions: [Migrator],
    migrations: { migrationsList: MIGRATIONS, snapshot: false, silent: true },
    forceUtcTimezone: true,
  })
}
