"""Templates: the workbook a unit fills in each quarter, and a hidden sheet that says where its inputs are."""

from loaders.template.fill import fill_template
from loaders.template.form import write_template

__all__ = ["fill_template", "write_template"]
