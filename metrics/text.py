"""A phrase as plan data gives it: in Chinese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A phrase in both languages of the interface."""

    zh: str
    en: str

    def by(self, language: str) -> str:
        return self.en if language == "en" else self.zh
