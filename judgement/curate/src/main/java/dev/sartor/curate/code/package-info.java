/// Source files of one repository: which of them imports which, and in what order they are read. Texts alone: no files on disk.
@NullMarked
package dev.sartor.curate.code;

import org.jspecify.annotations.NullMarked;
