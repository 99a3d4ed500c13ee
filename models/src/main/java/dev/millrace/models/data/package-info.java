/** Tables become encoded examples on disk: split, fitted on the training part, shuffled. */
package dev.millrace.models.data;
