alter table notifier_outcome add column image_digest varchar(255);
