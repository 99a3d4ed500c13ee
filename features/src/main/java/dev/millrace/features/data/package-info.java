/** Recorded logs of impressions and clicks, read as a stream in event-time order. */
package dev.millrace.features.data;
