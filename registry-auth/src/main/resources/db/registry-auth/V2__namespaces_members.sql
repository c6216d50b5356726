alter table auth_claims add column is_public boolean default false not null;

-- Who last got the claim, by claiming it or from its owner. Differs from the owner where that was deleted since.
alter table auth_claims add column given_to varchar(32);
update auth_claims set given_to = owner;
alter table auth_claims alter column given_to set not null;

create table auth_claim_members (
    pattern   varchar(255)             not null references auth_claims (pattern) on delete cascade,
    user_name varchar(32)              not null references auth_users (name) on delete cascade,
    role      varchar(8)               not null,
    added_at  timestamp with time zone not null,
    primary key (pattern, user_name)
);
create index auth_claim_members_by_user on auth_claim_members (user_name, pattern);

-- Lists a user's claims by name, a part at a time.
create index auth_claims_by_owner_and_pattern on auth_claims (owner, pattern);

-- One row per first component that was ever claimed. Whoever claims below it locks its row first, so that claims
-- that may be in each other's way ("a/*" and "a/b") are decided one after the other.
create table auth_claim_roots (
    name varchar(255) primary key
);
