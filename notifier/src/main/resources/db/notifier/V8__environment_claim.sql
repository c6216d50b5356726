-- When the claim began under which the variables were set; those from before this was kept have to be set again.
alter table notifier_environment add column claimed_at varchar(64);
