/** What the Flink jobs share: the settings they run by and the environment they run in. */
package dev.millrace.jobs;
