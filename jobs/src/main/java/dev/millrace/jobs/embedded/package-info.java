/** A Kafka broker and a Flink cluster in this process. */
package dev.millrace.jobs.embedded;
