/** The job that joins clicks to their impressions. */
package dev.millrace.jobs.labels;
