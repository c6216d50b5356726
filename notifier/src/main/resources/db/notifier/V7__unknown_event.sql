-- What the registry told and nothing here understands, as it came: a later version, or a person, may.
create table notifier_unknown_event (
    position bigint generated always as identity primary key,
    reason varchar(32) not null,
    event varchar(16384) not null,
    received_at timestamp(3) with time zone not null
);
