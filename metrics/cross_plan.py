"""What concerns several plans at once: tensions between them, and numbers that are names."""

from dataclasses import dataclass, field

from metrics.text import Text


@dataclass(frozen=True)
class CrossTension:
    """A place where plans do not agree with each other, and how it is shown."""

    tension: str
    kind: str
    plans: tuple[str, ...]
    statement: Text
    show_as: Text


@dataclass(frozen=True)
class Slogan:
    """A campaign name with numbers in it. Never a target."""

    slogan: str
    words: str
    plan: str
    clause: str
    meaning: Text


@dataclass(frozen=True)
class CrossPlan:
    tensions: dict[str, CrossTension] = field(default_factory=dict, hash=False)
    slogans: dict[str, Slogan] = field(default_factory=dict, hash=False)

    def of(self, plan: str) -> tuple[CrossTension, ...]:
        """The tensions a plan is part of."""
        return tuple(tension for tension in self.tensions.values() if plan in tension.plans)
