/** Benchmarks that run from the command line, each on embedded parts in one process. */
package dev.millrace.jobs.bench;
