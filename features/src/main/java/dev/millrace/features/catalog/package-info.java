/** The feature catalogue: the one definition of the fields that training and serving share. */
package dev.millrace.features.catalog;
