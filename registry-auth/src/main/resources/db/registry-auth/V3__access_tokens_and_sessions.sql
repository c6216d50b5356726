create table auth_access_tokens (
    id             varchar(16)              primary key,
    token_sha256   varchar(64)              not null unique,
    user_name      varchar(32)              not null references auth_users (name) on delete cascade,
    -- 64 characters, of which each may be two for some databases.
    token_name     varchar(128)             not null,
    -- Patterns parted by spaces.
    repositories   varchar(16384)           not null,
    -- Parted by commas.
    actions        varchar(64)              not null,
    issued_at      timestamp with time zone not null,
    -- Without one, it never expires.
    expires_at     timestamp with time zone,
    last_used_at   timestamp with time zone,
    last_used_from varchar(64),
    unique (user_name, token_name)
);

alter table auth_refresh_tokens add column id varchar(16);
update auth_refresh_tokens set id = substring(token_sha256 from 1 for 16);
alter table auth_refresh_tokens alter column id set not null;
alter table auth_refresh_tokens add constraint auth_refresh_tokens_id unique (id);
alter table auth_refresh_tokens add column client_id varchar(64);
alter table auth_refresh_tokens add column last_used_at timestamp with time zone;
alter table auth_refresh_tokens add column last_used_from varchar(64);
