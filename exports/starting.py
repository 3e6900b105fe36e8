"""Our own page and our own slides as files: where an office starts when it lays out templates of its own."""

import io

from exports.brief import layout
from exports.deck.theme import new_presentation
from locales import DEFAULT


def starting_templates(language: str = DEFAULT) -> dict[str, bytes]:
    """File name → bytes, for the folder that `DASHBOARD_TEMPLATES` names."""
    slides = io.BytesIO()
    new_presentation(language).save(slides)
    return {"brief.docx": layout.template(language), "deck.pptx": slides.getvalue()}
