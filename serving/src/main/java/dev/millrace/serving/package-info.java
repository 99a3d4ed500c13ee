/** Scoring with model bundles over ONNX Runtime, and ranking by the scores. */
package dev.millrace.serving;
