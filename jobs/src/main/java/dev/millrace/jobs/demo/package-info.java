/** The whole pipeline in one process, over a simulated audience or a recorded log. */
package dev.millrace.jobs.demo;
