/** Streaming features: what is counted of a user's and an item's events, free of any runtime. */
package dev.millrace.features.streaming;
