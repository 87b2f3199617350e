"""Tables: CSV, TSV and spreadsheets."""
