import { Migration } from '@mikro-orm/migrations'

/** Accounts get all that is needed to work with them: the table was there from the beginning, and empty. Drafts say whether their videos go there. */
export class Migration0018Accounts extends Migration {
  override up(): void {
    for (const column of [
      "platform text not null default 'youtube'",
      "scopes text not null default ''",
      'access_expires_at datetime null',
      'problem text null',
      'is_default integer not null default 0',
      "linked_by_id text not null default ''",
      "linked_by_name text not null default ''",
    ])
      this.addSql(`alter table accounts add column ${column}`)
    this.addSql('alter table drafts add column upload_after text null')
    this.addSql('create unique index accounts_default on accounts (workspace) where is_default = 1')
    this.addSql('create unique index accounts_channel on accounts (workspace, platform, youtube_channel_id)')
  }

  override down(): void {
    for (const index of ['accounts_default', 'accounts_channel']) this.addSql(`drop index ${index}`)
    this.addSql('alter table drafts drop column upload_after')
    for (const column of [
      ...['platform', 'scopes', 'access_expires_at', 'problem', 'is_default'],
      ...['linked_by_id', 'linked_by_name'],
    ])
      this.addSql(`alter table accounts drop column ${column}`)
  }
}
