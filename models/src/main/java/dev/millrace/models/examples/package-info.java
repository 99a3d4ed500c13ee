/** Encoded examples in flat primitive arrays, and streams of them that can be read again. */
package dev.millrace.models.examples;
