"""What the shapes of all plan files share: strict tables, phrases in two languages, lists in a cell."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from metrics.period import Period
from metrics.text import Text


def _phrase(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if not isinstance(value, dict) or value.keys() != {"zh", "en"}:
        raise ValueError("needs exactly zh and en")
    if not all(isinstance(words, str) and words.strip() for words in value.values()):
        raise ValueError("zh and en must both say something")
    return Text(**value)


def split_at(separators: str) -> BeforeValidator:
    """A list written in one cell: 市商务局、市经信局."""

    def split(value: object) -> object:
        if not isinstance(value, str):
            return value
        for separator in separators[1:]:
            value = value.replace(separator, separators[0])
        return tuple(part.strip() for part in value.split(separators[0]) if part.strip())

    return BeforeValidator(split)


Phrase = Annotated[Text, BeforeValidator(_phrase)]
Words = tuple[str, ...]
Quarter = Annotated[Period, BeforeValidator(lambda v: Period.parse(v) if isinstance(v, str) else v)]


class Table(BaseModel):
    """Unknown keys are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
