"""What there is, and what stands on what: every table, column, indicator, relation and rule of a project, with lineage.

lineage    the graph: what feeds what, asked in both directions
columns    the columns that a query reads, from its SQL
gathering  the graph of a project, from its definitions, its newest cases and what runs published
asking     the reverse question: which figures, sentences and issues stand on a column, or on one row of it
drawing    the map; page  the page

Importing this package imports nothing else.
"""
