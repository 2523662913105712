import { Migration } from '@mikro-orm/migrations'

export class Migration0003Retries extends Migration {
  override up(): void {
    this.addSql('alter table job_history add column failures integer not null default 0')
    this.addSql('alter table draft_segments add column retries integer not null default 0')
  }

  override down(): void {
    this.addSql('alter table draft_segments drop column retries')
    this.addSql('alter table job_history drop column failures')
  }
}
