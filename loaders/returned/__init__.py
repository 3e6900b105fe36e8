"""The returned workbook 退回件: the sent file with its faults marked, and a list of them as its first sheet."""

from loaders.returned.write import returned_name, write_returned

__all__ = ["returned_name", "write_returned"]
