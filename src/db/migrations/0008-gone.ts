import { Migration } from '@mikro-orm/migrations'

export class Migration0008Gone extends Migration {
  override up(): void {
    // Which files of the store were made for a draft or are used by it, so that they can go with it.
    this.addSql(`create table draft_files (
      draft_id text not null references drafts (draft_id) on delete cascade on update cascade,
      path text not null,
      primary key (draft_id, path)
    )`)
    this.addSql('create index draft_files_path on draft_files (path)')
    this.addSql('alter table thread_messages add column farewell json null')
    this.addSql('alter table kept_forms add column draft_id text null')
    // The id of a form is `verb:draft:segment:number`.
    this.addSql(`update kept_forms set draft_id = (
      select nullif(substr(rest, 1, instr(rest, ':') - 1), '')
        from (select substr(kept_forms.form, instr(kept_forms.form, ':') + 1) as rest)
    ) where form like '%:%:%'`)
    this.addSql('create index kept_forms_draft_id on kept_forms (draft_id)')
  }

  override down(): void {
    this.addSql('drop index kept_forms_draft_id')
    this.addSql('alter table kept_forms drop column draft_id')
    this.addSql('alter table thread_messages drop column farewell')
    this.addSql('drop table draft_files')
  }
}
