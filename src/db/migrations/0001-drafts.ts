import { Migration } from '@mikro-orm/migrations'

export class Migration0001Drafts extends Migration {
  override up(): void {
    this.addSql(`create table accounts (
      id integer not null primary key autoincrement,
      workspace text not null,
      name text not null,
      youtube_channel_id text null,
      encrypted_credentials text null,
      created_at datetime not null,
      updated_at datetime not null
    )`)
    this.addSql(`create table drafts (
      id integer not null primary key autoincrement,
      draft_id text not null unique check (length(draft_id) <= 50),
      account_id integer null references accounts (id) on delete set null,
      topic text not null check (length(topic) <= 200),
      title text not null check (length(title) <= 100),
      description text not null,
      tags json not null,
      format text not null check (format in ('shorts', 'landscape', 'square')),
      target_duration integer not null,
      content_plan_json json not null,
      status text not null check (status in ('editing', 'assets_ready', 'converting', 'finalized')),
      style text null,
      language text not null,
      template text not null,
      music_enabled integer not null,
      music_mood text not null,
      music_volume integer not null,
      voice text null,
      voice_speed real not null default 1,
      is_outline integer not null default 0,
      other_topics json not null default '[]',
      notice text null,
      usage json not null default '[]',
      surface text not null,
      workspace text not null,
      channel_id text not null,
      thread_id text null,
      author_id text not null,
      author_name text not null,
      revision integer not null default 1,
      settings_version integer not null default 1,
      settings_edited_by_name text null,
      expiry_notice_at datetime null,
      version integer not null default 1,
      created_at datetime not null,
      updated_at datetime not null
    )`)
    this.addSql('create index drafts_created_at on drafts (created_at)')
    this.addSql('create index drafts_workspace_created_at on drafts (workspace, created_at)')
    this.addSql('create index drafts_status on drafts (status)')
    this.addSql(`create table draft_segments (
      id integer not null primary key autoincrement,
      draft_id text not null references drafts (draft_id) on delete cascade on update cascade,
      segment_index integer not null,
      text text not null,
      keyword text not null check (length(keyword) <= 200),
      image_search_query text not null check (length(image_search_query) <= 500),
      duration real null,
      video_url text null,
      video_local_path text null,
      video_provider text null,
      video_id text null,
      video_kind text null,
      video_author text null,
      video_page_url text null,
      video_title text null,
      candidates json not null default '[]',
      tts_local_path text null,
      tts_duration real null,
      tts_provider text null,
      voice_take integer not null default 0,
      words json not null default '[]',
      voice_error text null,
      footage_error text null,
      edited_by_id text null,
      edited_by_name text null,
      version integer not null default 1,
      created_at datetime not null,
      updated_at datetime not null,
      unique (draft_id, segment_index)
    )`)
    this.addSql('create index draft_segments_draft_id on draft_segments (draft_id)')
    this.addSql(`create table job_history (
      id integer not null primary key autoincrement,
      job_id text not null unique,
      kind text not null,
      job_key text not null,
      draft_id text null,
      workspace text not null,
      state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
      progress real not null default 0,
      requester_id text null,
      requester_name text null,
      payload json not null default '{}',
      priority integer not null default 0,
      attempts integer not null default 0,
      run_after datetime not null,
      output_video_path text null,
      output_duration real null,
      youtube_url text null,
      error text null,
      created_at datetime not null,
      started_at datetime null,
      finished_at datetime null,
      updated_at datetime not null
    )`)
    this.addSql('create index job_history_draft_id on job_history (draft_id)')
    this.addSql('create index job_history_workspace on job_history (workspace, created_at)')
    this.addSql('create index job_history_state on job_history (state)')
    // Requesting a job twice finds the first one: only one job per key is waiting or running.
    this.addSql(
      `create unique index job_history_active_key on job_history (job_key) where state in ('queued', 'running')`,
    )
    this.addSql(`create table draft_versions (
      id integer not null primary key autoincrement,
      draft_id text not null references drafts (draft_id) on delete cascade on update cascade,
      number integer not null,
      actor_id text not null,
      actor_name text not null,
      action json not null,
      snapshot json not null,
      created_at datetime not null,
      unique (draft_id, number)
    )`)
    this.addSql('create index draft_versions_draft_id on draft_versions (draft_id)')
  }

  override down(): void {
    for (const table of ['draft_versions', 'job_history', 'draft_segments', 'drafts', 'accounts'])
      this.addSql(`drop table ${table}`)
  }
}
