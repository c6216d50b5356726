-- Under whose claim the variables were set, and since when that was there; null for those set before this was kept.
alter table notifier_environment add column claim_owner varchar(255);
alter table notifier_environment add column claimed_at varchar(64);
