import { Migration } from '@mikro-orm/migrations'

export class Migration0005Upkeep extends Migration {
  override up(): void {
    // One row, written again and again to find out whether anything can be written (src/db/probe.ts).
    this.addSql('create table probe (id integer primary key, written_at integer not null, filler blob)')
    // One row: which queue works on the jobs (src/jobs/ownership.ts).
    this.addSql(
      'create table queue_owner (id integer primary key, owner text not null, taken_at integer not null)',
    )
  }

  override down(): void {
    this.addSql('drop table queue_owner')
    this.addSql('drop table probe')
  }
}
