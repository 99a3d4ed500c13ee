/** From prepared examples to a bundle: trains, measures, packs and proves. */
package dev.millrace.jobs.training;
