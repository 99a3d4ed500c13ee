/** Which fields tell about the label: mutual information, less what chance alone would show. */
package dev.millrace.features.ranking;
