/// The report and the pages of trainings, in words and numbers for the templates.
@Door
@NullMarked
package dev.sartor.compare.report;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
