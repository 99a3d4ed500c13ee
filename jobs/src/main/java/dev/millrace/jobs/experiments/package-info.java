/**
 * Experiments on MovieLens-1M by the protocols of papers: how good the networks and embeddings are,
 * not how fast, and which fields are worth it. docs/networks.md and docs/field-selection.md tell
 * what came of them.
 */
package dev.millrace.jobs.experiments;
