/** The job that ranks the candidates of requests with the live release. */
package dev.millrace.jobs.ranking;
