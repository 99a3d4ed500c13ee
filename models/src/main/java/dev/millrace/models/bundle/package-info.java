/**
 * The model bundle: a directory with everything that serving a model takes, and the checks that
 * refuse one that is not what it says.
 */
package dev.millrace.models.bundle;
