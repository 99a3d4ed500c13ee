/**
 * An audience whose true click probabilities are known, for the demo and for tests of the whole.
 */
package dev.millrace.features.simulation;
