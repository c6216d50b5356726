-- Of a revision that did not answer: its exit status and last log lines, as JSON.
alter table notifier_outcome add column failure text;
