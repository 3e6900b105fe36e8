-- What the task force decided about a plan's tensions. Rows are only ever added: undoing is a row too.
create sequence decision_number start 1;

create table decision (
    entry bigint primary key,
    plan varchar not null,
    tension varchar not null,
    option_value varchar,
    why varchar not null,
    decided_by varchar not null,
    decided_at timestamp not null
);
comment on table decision is 'How the task force reads a place where a plan does not agree with itself; the latest entry counts';
comment on column decision.entry is 'Number of the decision, in order';
comment on column decision.plan is 'Plan (the id in its plan.toml)';
comment on column decision.tension is 'Tension of that plan (data/plans/<plan>/tensions.toml)';
comment on column decision.option_value is 'Chosen option; null: the decision is withdrawn';
comment on column decision.why is 'The reason, in the words of whoever decided';
comment on column decision.decided_by is 'Who decided';
comment on column decision.decided_at is 'From this moment it counts (server time)';
