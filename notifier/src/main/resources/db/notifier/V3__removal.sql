-- What was removed stays removed: for each tag what the registry had then, null where that is not known. An empty tag
-- stands for every tag that has no row of its own.
create table notifier_removal (
    repository varchar(255) not null,
    tag varchar(128) not null,
    digest varchar(255),
    removed_at timestamp(3) with time zone not null,
    primary key (repository, tag)
);
