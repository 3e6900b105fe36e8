"""A stored submission as `metrics.versions` and `metrics.plausibility` read it."""

from metrics.contents import Contents, Place, Stated
from metrics.plan import Plan
from store.submissions import Submission, derived_figures


def contents(plan: Plan, submission: Submission) -> Contents:
    """The figures that count, as typed or counted by the plan's rules; the rows; the tasks."""
    figures: dict[Place, Stated] = {
        (typed.indicator, typed.part): Stated(typed.number, shown=typed.shown, sheet=typed.sheet, cell=typed.cell)
        for typed in submission.figures
    }
    for counted in derived_figures(plan, submission):
        place = (counted.indicator, counted.part)
        typed_beside = figures.get(place) or Stated(None, shown=counted.shown, sheet=counted.sheet, cell=counted.cell)
        figures[place] = typed_beside._replace(number=counted.number, typed=typed_beside.number, counted=True)
    rows: dict[str, list[dict[str, object]]] = {}
    for row in submission.roster_rows:
        rows.setdefault(row.roster, []).append({"row": row.row, **row.values})
    return Contents(figures, rows, {said.milestone: said.status for said in submission.milestones})
