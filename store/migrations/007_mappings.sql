-- What a unit told us it means by headings and labels of its own. Rows are only ever added.
create sequence mapping_number start 1;

create table mapping (
    entry bigint primary key,
    plan varchar not null,
    unit varchar not null,
    words varchar not null,
    target varchar,
    said_by varchar not null,
    said_at timestamp not null
);
comment on table mapping is 'What a unit means by a heading of its own sheets; the latest entry of the same words counts';
comment on column mapping.entry is 'Number of the line, in order';
comment on column mapping.plan is 'Plan (the id in its plan.toml)';
comment on column mapping.unit is 'Key of the unit';
comment on column mapping.words is 'The heading, folded; its levels from the top down with / between; # before a column of figures';
comment on column mapping.target is 'What it means: roster:<roster>/<field>, <indicator>/<part>, value; empty: nothing asked for; null: forgotten';
comment on column mapping.said_by is 'Who said so';
comment on column mapping.said_at is 'When (server time)';
