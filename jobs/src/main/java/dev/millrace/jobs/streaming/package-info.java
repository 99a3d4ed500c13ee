/** The job that keeps the streaming features of users and items. */
package dev.millrace.jobs.streaming;
