import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Migrator } from '@mikro-orm/migrations'
import { defineConfig } from '@mikro-orm/sqlite'
import { patientDialect } from './dialect.ts'
import type { DriverObserver, Patience } from './driver.ts'
import { AccountEntity } from './entities/account.ts'
import { ApiRequestEntity } from './entities/api-request.ts'
import { ApiTokenEntity } from './entities/api-token.ts'
import { ApprovalEntity, ApprovalRuleEntity } from './entities/approval.ts'
import { AuditEntity } from './entities/audit.ts'
import { DraftEntity } from './entities/draft.ts'
import { HandledEventEntity } from './entities/handled-event.ts'
import { JobEntity } from './entities/job.ts'
import { KeptFormEntity } from './entities/kept-form.ts'
import { NoteEntity } from './entities/note.ts'
import { PaidCallEntity } from './entities/paid-call.ts'
import { PresetEntity } from './entities/preset.ts'
import { ProgramStateEntity } from './entities/program-state.ts'
import { PronunciationsEntity } from './entities/pronunciations.ts'
import { ProposalEntity } from './entities/proposal.ts'
import { RevisionEntity } from './entities/revision.ts'
import { SegmentEntity } from './entities/segment.ts'
import { SessionEntity, SignInLinkEntity } from './entities/session.ts'
import { SpendingEntity } from './entities/spending.ts'
import { ThreadMarkEntity } from './entities/thread-mark.ts'
import { ThreadMessageEntity } from './entities/thread-message.ts'
import { WebhookEntity } from './entities/webhook.ts'
import { Migration0001Drafts } from './migrations/0001-drafts.ts'
import { Migration0002Threads } from './migrations/0002-threads.ts'
import { Migration0003Retries } from './migrations/0003-retries.ts'
import { Migration0005Upkeep } from './migrations/0005-upkeep.ts'
import { Migration0006ThreadMarks } from './migrations/0006-thread-marks.ts'
import { Migration0007Ledger } from './migrations/0007-ledger.ts'
import { Migration0008Gone } from './migrations/0008-gone.ts'
import { Migration0009Audit } from './migrations/0009-audit.ts'
import { Migration0010Pronunciations } from './migrations/0010-pronunciations.ts'
import { Migration0011ByHand } from './migrations/0011-by-hand.ts'
import { Migration0012Presets } from './migrations/0012-presets.ts'
import { Migration0013Approvals } from './migrations/0013-approvals.ts'
import { Migration0014Notes } from './migrations/0014-notes.ts'
import { Migration0018Accounts } from './migrations/0018-accounts.ts'
import { Migration0019Webhooks } from './migrations/0019-webhooks.ts'
import { Migration0020Api } from './migrations/0020-api.ts'
import { Migration0021Sessions } from './migrations/0021-sessions.ts'

/** In order. A released migration is never changed; new ones are appended. */
export const MIGRATIONS = [
  { name: '0001-drafts', class: Migration0001Drafts },
  { name: '0002-threads', class: Migration0002Threads },
  { name: '0003-retries', class: Migration0003Retries },
  { name: '0005-upkeep', class: Migration0005Upkeep },
  { name: '0006-thread-marks', class: Migration0006ThreadMarks },
  { name: '0007-ledger', class: Migration0007Ledger },
  { name: '0008-gone', class: Migration0008Gone },
  { name: '0009-audit', class: Migration0009Audit },
  { name: '0010-pronunciations', class: Migration0010Pronunciations },
  { name: '0011-by-hand', class: Migration0011ByHand },
  { name: '0012-presets', class: Migration0012Presets },
  { name: '0013-approvals', class: Migration0013Approvals },
  { name: '0014-notes', class: Migration0014Notes },
  { name: '0018-accounts', class: Migration0018Accounts },
  { name: '0019-webhooks', class: Migration0019Webhooks },
  { name: '0020-api', class: Migration0020Api },
  { name: '0021-sessions', class: Migration0021Sessions },
]

/** Milliseconds to wait for the database before it counts as busy. */
export const PATIENCE: Patience = { turn: 10_000, lock: 5000 }

/** MikroORM's options for a SQLite file (or `:memory:`), also used by the `mikro-orm` command line. */
export function ormConfig(file: string, observer: DriverObserver = NOBODY, patience: Patience = PATIENCE) {
  if (file !== ':memory:') mkdirSync(path.dirname(path.resolve(file)), { recursive: true })
  return defineConfig({
    dbName: file,
    // A function, or MikroORM would take the dialect for options and copy it.
    driverOptions: () => patientDialect(file, observer, patience),
    entities: [
      AccountEntity,
      DraftEntity,
      SegmentEntity,
      JobEntity,
      RevisionEntity,
      ThreadMessageEntity,
      KeptFormEntity,
      HandledEventEntity,
      PaidCallEntity,
      SpendingEntity,
      AuditEntity,
      ThreadMarkEntity,
      ProgramStateEntity,
      PronunciationsEntity,
      ApprovalEntity,
      ApprovalRuleEntity,
      NoteEntity,
      ProposalEntity,
      PresetEntity,
      ApiTokenEntity,
      ApiRequestEntity,
      SignInLinkEntity,
      SessionEntity,
      WebhookEntity,
    ],
    extensions: [Migrator],
    migrations: { migrationsList: MIGRATIONS, snapshot: false, silent: true },
    forceUtcTimezone: true,
  })
}

const NOBODY: DriverObserver = { worked: () => undefined, failed: () => undefined }
