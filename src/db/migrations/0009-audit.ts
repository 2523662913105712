import { Migration } from '@mikro-orm/migrations'

export class Migration0009Audit extends Migration {
  override up(): void {
    // No reference to drafts: what is written here outlives them.
    this.addSql(`create table audit_trail (
      id integer not null primary key autoincrement,
      surface text not null,
      workspace text not null,
      channel_id text not null,
      thread_id text null,
      draft_id text null,
      actor_id text null,
      actor_name text null,
      act text not null,
      facts json not null default '{}',
      created_at datetime not null
    )`)
    this.addSql('create index audit_trail_draft_id on audit_trail (draft_id)')
    this.addSql('create index audit_trail_actor_id on audit_trail (actor_id)')
    this.addSql('create index audit_trail_created_at on audit_trail (created_at)')
  }

  override down(): void {
    this.addSql('drop table audit_trail')
  }
}
