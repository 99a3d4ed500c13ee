/** Makes probabilities agree with click rates, after training and without touching the network. */
package dev.millrace.models.calibrate;
