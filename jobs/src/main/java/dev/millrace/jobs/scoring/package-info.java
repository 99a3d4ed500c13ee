/** Rows of a file or a topic, scored with a bundle. */
package dev.millrace.jobs.scoring;
