/**
 * Ranks the fields of tables: reads rows of cells, counts each field's values by label, and its
 * pairs and triples, without holding the rows.
 */
package dev.millrace.features.table;
