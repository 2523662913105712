import { Migration } from '@mikro-orm/migrations'

/** How a workspace wants names and brands said: one list each. */
export class Migration0010Pronunciations extends Migration {
  override up(): void {
    this.addSql(`create table pronunciations (
      id integer not null primary key autoincrement,
      workspace text not null unique,
      entries json not null,
      version integer not null,
      edited_by_id text not null,
      edited_by_name text not null,
      updated_at datetime not null
    )`)
  }

  override down(): void {
    this.addSql('drop table pronunciations')
  }
}
