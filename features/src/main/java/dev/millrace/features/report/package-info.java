/**
 * A ranking of fields written down: for a terminal, for a spreadsheet, for a program, for a reader.
 */
package dev.millrace.features.report;
