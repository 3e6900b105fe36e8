"""Readers of file formats: bytes in, a `Workbook` of cells out."""
