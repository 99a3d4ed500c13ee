/** Benchmarks that run from the command line, each with its own parts. */
package dev.millrace.jobs.bench;
