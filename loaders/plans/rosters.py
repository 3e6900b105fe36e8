"""The shape of `rosters.toml`, and how it becomes rosters."""

from typing import Literal

from loaders.plans.shape import Phrase, Table, Words
from metrics.plan import Choice, Field, Roster
from metrics.text import Text

Choices = dict[str, tuple[Choice, ...]]


class ChoiceTable(Table):
    zh: str
    en: str

    def noun(self, value: str) -> Choice:
        return Choice(value, Text(self.zh, self.en))


class FieldTable(Table):
    zh: str
    en: str
    type: Literal["text", "date", "number", "money", "choice", "yesno", "uscc", "url"]
    required: bool = False
    choices: str | None = None
    measure: str = ""
    aliases: Words = ()
    help: Phrase | None = None

    def noun(self, field: str, lists: Choices) -> Field:
        choices = lists.get(self.choices or "", ())
        return Field(
            field, Text(self.zh, self.en), self.type, self.required, choices, self.measure, self.aliases, self.help
        )


class RosterTable(Table):
    code: str
    name: Phrase
    key: Words
    orders: tuple[tuple[str, str], ...] = ()
    fields: dict[str, FieldTable]

    def noun(self, roster: str, lists: Choices) -> Roster:
        fields = tuple(field.noun(name, lists) for name, field in self.fields.items())
        return Roster(roster, self.code, self.name, self.key, fields, self.orders)
