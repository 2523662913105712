import { Migration } from '@mikro-orm/migrations'

export class Migration0002Threads extends Migration {
  override up(): void {
    this.addSql(`create table thread_messages (
      id integer not null primary key autoincrement,
      draft_id text not null,
      slot text not null,
      surface text not null,
      channel_id text not null,
      thread_id text null,
      message_id text not null,
      view_hash text not null,
      files json not null default '{}',
      updated_at datetime not null,
      unique (draft_id, slot)
    )`)
    this.addSql('create index thread_messages_draft_id on thread_messages (draft_id)')
    this.addSql('create index thread_messages_message_id on thread_messages (message_id)')
    this.addSql(`create table kept_forms (
      id integer not null primary key autoincrement,
      workspace text not null,
      user_id text not null,
      form text not null,
      form_values json not null,
      created_at datetime not null
    )`)
    this.addSql(`create table handled_events (
      event_key text not null primary key,
      created_at datetime not null
    )`)
    this.addSql('create index handled_events_created_at on handled_events (created_at)')
  }

  override down(): void {
    for (const table of ['handled_events', 'kept_forms', 'thread_messages'])
      this.addSql(`drop table ${table}`)
  }
}
