-- Of each repository that ever had variables: which they are now, null for none. Changes take turns at this row.
create table notifier_environment (
    repository varchar(255) primary key,
    settings varchar(64)
);

-- Values are encrypted with the key whose id is key_id: nonce, text and tag in Base64.
create table notifier_variable (
    repository varchar(255) not null,
    name varchar(255) not null,
    sealed varchar(65535) not null,
    key_id varchar(16) not null,
    set_by varchar(255),
    set_at timestamp(3) with time zone not null,
    primary key (repository, name)
);
