-- One row. Whoever changes which administrators there are locks it first. Not the administrators' own rows: who hands
-- them a claim waits for those, with the claim locked.
create table auth_administration (
    id integer primary key
);
insert into auth_administration (id) values (1);
