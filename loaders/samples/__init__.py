"""Invented submissions (示例) of every unit, told in `data/samples/` and sent through the door of real files."""

from loaders.samples.files import sample_files, write_samples
from loaders.samples.seeding import seed

__all__ = ["sample_files", "seed", "write_samples"]
