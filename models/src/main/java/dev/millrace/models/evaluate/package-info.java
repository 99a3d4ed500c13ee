/** How good predicted probabilities are. */
package dev.millrace.models.evaluate;
