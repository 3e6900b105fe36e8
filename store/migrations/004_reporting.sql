-- How a workbook comes in: every file that was judged, what was mended and answered, who decided.
-- A submission that waits for review has published_at and superseded_at 2200-01-02, later than any
-- moment that can be asked for, so that no figure of any day counts it.

create sequence attempt_number start 1;

create table attempt (
    unit varchar not null,
    attempt bigint not null,
    plan varchar not null,
    period varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    received_at timestamp not null,
    who varchar not null,
    verdict varchar not null,
    problems varchar not null,
    mends varchar not null,
    answers varchar not null,
    submission bigint,
    put_away_at timestamp,
    primary key (unit, attempt)
);
comment on table attempt is 'One uploaded workbook as it was judged, whether or not it was sent';
comment on column attempt.unit is 'Key of the reporting unit; empty while the file does not say whose it is';
comment on column attempt.attempt is 'Number of the attempt, in order of arrival';
comment on column attempt.plan is 'Plan the workbook is for; empty when it cannot be told';
comment on column attempt.period is 'Quarter it is for, as 2025Q3; empty when it cannot be told';
comment on column attempt.file_name is 'Name of the file as it was sent; shown only, never used as a path';
comment on column attempt.sha256 is 'Fingerprint of the original bytes, the name under which they are kept';
comment on column attempt.received_at is 'When the file arrived (server time)';
comment on column attempt.who is 'Who uploaded it';
comment on column attempt.verdict is 'accepted, accepted_with_notices or rejected, as judged on arrival';
comment on column attempt.problems is 'JSON list of the problems found on arrival';
comment on column attempt.mends is 'JSON list of cells mended in the browser: sheet, cell, found, typed, who, at';
comment on column attempt.answers is 'JSON: key of a notice to its answer (answer, who, at)';
comment on column attempt.submission is 'Submission it became; null until it is sent';
comment on column attempt.put_away_at is 'When whoever uploaded it put it away; null while it lies on the desk or was sent';

create sequence review_number start 1;

create table review (
    entry bigint primary key,
    unit varchar not null,
    submission bigint not null,
    step varchar not null,
    done_at timestamp not null,
    who varchar not null,
    why varchar
);
comment on table review is 'The life of a submission, a row a step; append-only';
comment on column review.entry is 'Number of the step, in order';
comment on column review.unit is 'Key of the reporting unit';
comment on column review.submission is 'Submission the step belongs to';
comment on column review.step is 'sent, withdrawn, returned or published';
comment on column review.done_at is 'When (server time)';
comment on column review.who is 'Who did it';
comment on column review.why is 'The reason, where one was asked for';

create table mend (
    unit varchar not null,
    submission bigint not null,
    sheet varchar not null,
    cell varchar not null,
    found varchar not null,
    typed varchar not null,
    who varchar not null,
    done_at timestamp not null,
    primary key (unit, submission, sheet, cell)
);
comment on table mend is 'A cell mended in the browser before the workbook was sent; the original file is unchanged';
comment on column mend.unit is 'Key of the reporting unit';
comment on column mend.submission is 'Submission it belongs to';
comment on column mend.sheet is 'Sheet in the original file';
comment on column mend.cell is 'Cell address';
comment on column mend.found is 'What stands in the file';
comment on column mend.typed is 'What was typed instead';
comment on column mend.who is 'Who typed it';
comment on column mend.done_at is 'When (server time)';
