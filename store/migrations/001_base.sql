-- What was sent, what it says, and where each figure stands in the file it came from.
-- Portable subset of SQL: the same text runs on DuckDB and PostgreSQL. Every key carries `unit`.

create table head (name varchar primary key, value varchar not null);
comment on table head is 'Facts about the database itself';
comment on column head.name is 'data_version (raised by every change that can alter a figure) or sample (yes: invented data)';
comment on column head.value is 'The fact, as text';
insert into head values ('data_version', '0');

create sequence submission_number start 1;

create table submission (
    unit varchar not null,
    submission bigint not null,
    plan varchar not null,
    plan_version varchar not null,
    period varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    template_version varchar,
    received_at timestamp not null,
    published_at timestamp not null,
    superseded_at timestamp not null,
    published_by varchar not null,
    notices varchar not null,
    primary key (unit, submission)
);
comment on table submission is 'One workbook of one unit for one plan and one period; never changed, only closed by a later one';
comment on column submission.unit is 'Key of the reporting unit (data/units.csv)';
comment on column submission.submission is 'Number of the submission, in order of publication';
comment on column submission.plan is 'Plan the figures are reported for (folder name under data/plans)';
comment on column submission.plan_version is 'Version of the plan in force when the workbook was read';
comment on column submission.period is 'Quarter reported, as 2025Q3';
comment on column submission.file_name is 'Name of the file as the unit sent it; shown only, never used as a path';
comment on column submission.sha256 is 'Fingerprint of the original bytes, the name under which they are kept';
comment on column submission.template_version is 'Version of our template; null for a sheet of the unit''s own';
comment on column submission.received_at is 'When the file arrived (server time)';
comment on column submission.published_at is 'From this moment its figures count';
comment on column submission.superseded_at is 'From this moment a later submission counts instead; 2200-01-01 while it stands';
comment on column submission.published_by is 'Who published it';
comment on column submission.notices is 'JSON list of the notices found when it was read';

create table actual (
    unit varchar not null,
    submission bigint not null,
    indicator varchar not null,
    part varchar not null,
    basis varchar not null,
    number decimal(24, 4),
    sheet varchar not null,
    cell varchar not null,
    shown varchar not null,
    primary key (unit, submission, indicator, part, basis)
);
comment on table actual is 'One exact figure of a submission with the cell it came from';
comment on column actual.unit is 'Key of the reporting unit';
comment on column actual.submission is 'Submission the figure belongs to';
comment on column actual.indicator is 'Indicator of the plan';
comment on column actual.part is 'value, numerator or denominator';
comment on column actual.basis is 'reported: typed by the unit; derived: counted from its roster';
comment on column actual.number is 'Exact number: integer yuan for money, a count otherwise; null: the unit says it does not apply';
comment on column actual.sheet is 'Sheet in the original file';
comment on column actual.cell is 'Cell address, or the range of the roster for a derived figure';
comment on column actual.shown is 'The cell as the unit sees it';

create table roster_row (
    unit varchar not null,
    submission bigint not null,
    roster varchar not null,
    row_number integer not null,
    sheet varchar not null,
    row_values varchar not null,
    row_cells varchar not null,
    primary key (unit, submission, roster, row_number)
);
comment on table roster_row is 'One row of a list a unit keeps: a store, a cluster, an event …';
comment on column roster_row.unit is 'Key of the reporting unit';
comment on column roster_row.submission is 'Submission the row belongs to';
comment on column roster_row.roster is 'Roster (data/rosters.toml)';
comment on column roster_row.row_number is 'Row number in the original sheet';
comment on column roster_row.sheet is 'Sheet in the original file';
comment on column roster_row.row_values is 'JSON: field to canonical text';
comment on column roster_row.row_cells is 'JSON: field to cell address';

create table counted (
    unit varchar not null,
    submission bigint not null,
    indicator varchar not null,
    part varchar not null,
    key varchar not null,
    amount decimal(24, 4) not null,
    roster varchar not null,
    row_number integer not null,
    primary key (unit, submission, indicator, part, key)
);
comment on table counted is 'Which roster rows make up a derived figure: a count of stores is a list of stores';
comment on column counted.unit is 'Key of the reporting unit';
comment on column counted.submission is 'Submission the row belongs to';
comment on column counted.indicator is 'Indicator the row counts for';
comment on column counted.part is 'value, numerator or denominator';
comment on column counted.key is 'What makes the row distinct; equal keys of two units are one thing';
comment on column counted.amount is '1 for counts, the exact amount for totals';
comment on column counted.roster is 'Roster the row stands in';
comment on column counted.row_number is 'Row number in the original sheet';

create sequence audit_number start 1;

create table audit (
    entry bigint primary key,
    done_at timestamp not null,
    who varchar not null,
    action varchar not null,
    detail varchar not null
);
comment on table audit is 'What was done, by whom, when; append-only';
comment on column audit.entry is 'Number of the entry';
comment on column audit.done_at is 'When (server time)';
comment on column audit.who is 'Who';
comment on column audit.action is 'What: load, reject, duplicate …';
comment on column audit.detail is 'JSON with the particulars';
