"""Results out as bytes: tables for machines and spreadsheets, cards and documents for people."""
