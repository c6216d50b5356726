create table notifier_inbox (
    position bigint generated always as identity primary key,
    event_id varchar(255) not null unique,
    repository varchar(255) not null,
    tag varchar(128) not null,
    digest varchar(255) not null,
    pushed_by varchar(255),
    pushed_at timestamp(3) with time zone not null,
    received_at timestamp(3) with time zone not null,
    status varchar(16) not null
);

create index notifier_inbox_status on notifier_inbox (status, pushed_at, position);

create table notifier_outcome (
    event_id varchar(255) primary key,
    repository varchar(255) not null,
    tag varchar(128) not null,
    digest varchar(255) not null,
    app varchar(63),
    outcome varchar(16) not null,
    reason varchar(2000),
    pushed_by varchar(255),
    pushed_at timestamp(3) with time zone not null,
    recorded_at timestamp(3) with time zone not null
);

create index notifier_outcome_repository on notifier_outcome (repository, pushed_at);

create table notifier_reservation (
    app varchar(63) primary key,
    repository varchar(255) not null
);
