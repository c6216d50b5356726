create table auth_users (
    name             varchar(32)              primary key,
    password_hash    varchar(60)              not null,
    -- Counts the passwords: what was given for an earlier one is worth nothing.
    password_version integer                  not null,
    administrator    boolean                  not null,
    created_at       timestamp with time zone not null
);

-- The pattern is a repository's name. No name has an asterisk, which leaves room for namespaces ("alice/*").
create table auth_claims (
    pattern    varchar(255)             primary key,
    owner      varchar(32)              not null references auth_users (name),
    created_at timestamp with time zone not null
);
create index auth_claims_by_owner on auth_claims (owner);

create table auth_refresh_tokens (
    token_sha256     varchar(64)              primary key,
    user_name        varchar(32)              not null references auth_users (name) on delete cascade,
    password_version integer                  not null,
    service          varchar(255)             not null,
    created_at       timestamp with time zone not null
);
create index auth_refresh_tokens_by_user on auth_refresh_tokens (user_name);
