import { Migration } from '@mikro-orm/migrations'

/** The brand of a workspace: one each. Drafts keep a copy of what of it their film shows, and whether it does. */
export class Migration0012Presets extends Migration {
  override up(): void {
    this.addSql(`create table presets (
      id integer not null primary key autoincrement,
      workspace text not null unique,
      logo_path text null,
      call_to_action text not null,
      version integer not null,
      edited_by_id text not null,
      edited_by_name text not null,
      updated_at datetime not null
    )`)
    this.addSql('alter table drafts add column brand json null')
    this.addSql('alter table drafts add column end_card integer not null default 1')
    // As 0006 has it for what else a thread shows.
    this.addSql(`create trigger drafts_rebranded after update of brand, end_card on drafts begin
      insert into thread_marks (draft_id, changes) values (new.draft_id, 1)
        on conflict (draft_id) do update set changes = changes + 1; end`)
  }

  override down(): void {
    this.addSql('drop trigger drafts_rebranded')
    this.addSql('alter table drafts drop column end_card')
    this.addSql('alter table drafts drop column brand')
    this.addSql('drop table presets')
  }
}
