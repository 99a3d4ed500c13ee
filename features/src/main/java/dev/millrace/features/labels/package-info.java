/** The label join: which clicks belong to which impression, without Flink. */
package dev.millrace.features.labels;
