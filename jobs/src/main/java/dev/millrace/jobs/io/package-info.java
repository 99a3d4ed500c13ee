/** Topics in and out of a job, and dead letters. */
package dev.millrace.jobs.io;
