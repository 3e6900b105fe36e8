-- What a person changed in the sentences of a brief before it was exported. Rows are only ever added.
create sequence brief_edit_number start 1;

create table brief_edit (
    entry bigint primary key,
    plan varchar not null,
    plan_version varchar not null,
    period varchar not null,
    unit_set varchar not null,
    known_at varchar not null,
    language varchar not null,
    code varchar not null,
    computed varchar not null,
    edited varchar not null,
    edited_by varchar not null,
    edited_at timestamp not null
);
comment on table brief_edit is 'The text of a brief as edited by hand; the latest entry for the same figures counts';
comment on column brief_edit.entry is 'Number of the edit, in order';
comment on column brief_edit.plan is 'Plan (the id in its plan.toml)';
comment on column brief_edit.plan_version is 'Version of the plan the brief is about';
comment on column brief_edit.period is 'Quarter the brief is about, as 2025Q3';
comment on column brief_edit.unit_set is 'Named range of units of the brief';
comment on column brief_edit.known_at is 'Moment of knowledge of the brief, ISO; empty: everything known when it was made';
comment on column brief_edit.language is 'Language of the brief: zh_CN or en';
comment on column brief_edit.code is 'Code of the data the sentences were computed from';
comment on column brief_edit.computed is 'The text as the rules made it, a paragraph a line';
comment on column brief_edit.edited is 'The text as edited, a paragraph a line; the same as computed: the edit is taken back';
comment on column brief_edit.edited_by is 'Who edited it';
comment on column brief_edit.edited_at is 'When (server time)';
