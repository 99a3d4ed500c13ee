/** Rows of values become rows of embedding tables: hashed, or by vocabulary. */
package dev.millrace.features.encoding;
