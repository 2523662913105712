import { Migration } from '@mikro-orm/migrations'

/** What people asked of paid services and what that cost, apart from drafts: deleting one gives nothing back. No words of people. */
export class Migration0007Ledger extends Migration {
  override up(): void {
    this.addSql(`create table paid_calls (
      id integer not null primary key autoincrement,
      person_id text not null,
      workspace text not null,
      calls integer not null check (calls > 0),
      created_at datetime not null
    )`)
    this.addSql('create index paid_calls_person on paid_calls (person_id, created_at)')
    this.addSql('create index paid_calls_workspace on paid_calls (workspace, created_at)')
    this.addSql('create index paid_calls_created_at on paid_calls (created_at)')
    this.addSql(`create table spending (
      id integer not null primary key autoincrement,
      workspace text not null,
      usd real not null check (usd >= 0),
      created_at datetime not null
    )`)
    this.addSql('create index spending_workspace on spending (workspace, created_at)')
    this.addSql('create index spending_created_at on spending (created_at)')
    this.addSql('create index job_history_requester on job_history (requester_id, kind, created_at)')
    // All that a look for the next job reads, in the order in which it reads it.
    this.addSql(
      `create index job_history_waiting on job_history
         (kind, workspace, requester_id, draft_id, priority desc, id, run_after, job_id) where state = 'queued'`,
    )
    this.addSql('create index drafts_author on drafts (author_id)')
  }

  override down(): void {
    this.addSql('drop index drafts_author')
    this.addSql('drop index job_history_waiting')
    this.addSql('drop index job_history_requester')
    this.addSql('drop table spending')
    this.addSql('drop table paid_calls')
  }
}
