/** The job that ranks the fields of labelled impressions in every window. */
package dev.millrace.jobs.features;
