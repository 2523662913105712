import { Migration } from '@mikro-orm/migrations'

/** The address that a workspace wants notified of finished videos: one each. */
export class Migration0019Webhooks extends Migration {
  override up(): void {
    this.addSql(`create table webhooks (
      id integer not null primary key autoincrement,
      workspace text not null unique,
      sealed_target text not null,
      version integer not null,
      problem text null,
      is_on integer not null default 1,
      edited_by_id text not null,
      edited_by_name text not null,
      updated_at datetime not null
    )`)
  }

  override down(): void {
    this.addSql('drop table webhooks')
  }
}
