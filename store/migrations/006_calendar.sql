-- When a quarter is due and closed where it differs from the plan's rule, and where reminders go.

create sequence calendar_number start 1;

create table calendar_change (
    entry bigint primary key,
    plan varchar not null,
    period varchar not null,
    unit varchar,
    step varchar not null,
    on_day date,
    why varchar not null,
    who varchar not null,
    changed_at timestamp not null
);
comment on table calendar_change is 'A due day moved, a quarter closed or reopened; append-only, the latest entry counts';
comment on column calendar_change.entry is 'Number of the change, in order';
comment on column calendar_change.plan is 'Plan (the id in its plan.toml)';
comment on column calendar_change.period is 'Quarter, as 2025Q3';
comment on column calendar_change.unit is 'Key of the one unit it is for; null: for everybody';
comment on column calendar_change.step is 'due, close or reopen';
comment on column calendar_change.on_day is 'due: the new due day, null the plan''s own again; close: first day closed; reopen: last day open, null without an end';
comment on column calendar_change.why is 'The reason, in the words of whoever changed it';
comment on column calendar_change.who is 'Who changed it';
comment on column calendar_change.changed_at is 'When (server time)';

create sequence address_number start 1;

create table unit_address (
    entry bigint primary key,
    unit varchar not null,
    address varchar not null,
    added_by varchar not null,
    added_at timestamp not null,
    removed_by varchar,
    removed_at timestamp
);
comment on table unit_address is 'Where reminders to a unit go by e-mail';
comment on column unit_address.entry is 'Number of the line';
comment on column unit_address.unit is 'Key of the unit';
comment on column unit_address.address is 'E-mail address';
comment on column unit_address.added_by is 'Who added it';
comment on column unit_address.added_at is 'When (server time)';
comment on column unit_address.removed_by is 'Who removed it; null while it is used';
comment on column unit_address.removed_at is 'When it was removed; null while it is used';
