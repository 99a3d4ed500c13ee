/** Counts of field values while a stream runs, and what changes in them from window to window. */
package dev.millrace.features.quality;
