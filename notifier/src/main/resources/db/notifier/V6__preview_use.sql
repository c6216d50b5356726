-- When each preview ran last, as far as was seen; a new one counts as used when it is seen first.
create table notifier_preview_use (
    app varchar(63) primary key,
    used_at timestamp(3) with time zone not null
);
