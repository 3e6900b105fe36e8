"""What a heading may mean, in a person's words."""

from loaders.meanings import NOTHING, VALUE
from locales import text
from metrics.plan import Indicator, Plan


def target_name(plan: Plan, target: str, language: str, key: str = "", *, asked: bool = False) -> str:
    """`roster:stores/opened` → 开业日期, `asked` with whether it must be there; an unknown one stays as it is."""
    if target == NOTHING:
        return text("mapping.nothing_value" if key.startswith("#") else "mapping.nothing", language)
    if target == VALUE:
        return text("mapping.value", language)
    owner, _, part = target.removeprefix("roster:").rpartition("/")
    if target.startswith("roster:"):
        roster = plan.rosters.get(owner)
        field = next((one for one in roster.fields if one.field == part), None) if roster else None
        if field is None:
            return target
        required = text("mapping.required", language) if field.required and asked else ""
        return field.name.by(language) + required
    indicator = plan.indicators.get(owner)
    return _figure_name(indicator, part, language) if indicator else target


def _figure_name(indicator: Indicator, part: str, language: str) -> str:
    named = {"numerator": indicator.numerator_name, "denominator": indicator.denominator_name}.get(part)
    name = indicator.name.by(language)
    return f"{name} · {named.by(language)}" if named else name
