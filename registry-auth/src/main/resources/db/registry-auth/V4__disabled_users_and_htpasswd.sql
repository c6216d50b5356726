-- Who keeps the account's password: RAC ('own') or an htpasswd file ('htpasswd').
alter table auth_users add column origin varchar(16) default 'own' not null;
alter table auth_users add column disabled boolean default false not null;
-- The htpasswd file no longer has the user: as good as disabled, until it has them again.
alter table auth_users add column absent boolean default false not null;
-- The cost in password_hash, whose highest sets the time that a failed login takes.
alter table auth_users add column hash_cost integer default 0 not null;
update auth_users set hash_cost = cast(substring(password_hash from 5 for 2) as integer);
create index auth_users_by_hash_cost on auth_users (hash_cost);
