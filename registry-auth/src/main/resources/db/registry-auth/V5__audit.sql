-- Equal events within a minute are one row.
create table auth_audit (
    -- Grows with the time of the first event.
    id       varchar(24)              primary key,
    first_at timestamp with time zone not null,
    last_at  timestamp with time zone not null,
    times    bigint                   not null,
    actor    varchar(64)              not null,
    action   varchar(64)              not null,
    resource varchar(300)             not null,
    source   varchar(64)              not null,
    allowed  boolean                  not null,
    detail   varchar(500)             not null,
    -- Not in a resource's history: it changed nothing, and there is much of it.
    harmless boolean                  not null
);
create index auth_audit_by_actor on auth_audit (actor, id);
create index auth_audit_by_resource on auth_audit (resource, harmless, id);
