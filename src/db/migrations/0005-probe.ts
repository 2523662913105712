import { Migration } from '@mikro-orm/migrations'

/** One row, written again and again to find out whether anything can be written (src/db/probe.ts). */
export class Migration0005Probe extends Migration {
  override up(): void {
    this.addSql('create table probe (id integer primary key, written_at integer not null, filler blob)')
  }

  override down(): void {
    this.addSql('drop table probe')
  }
}
