/// Where documents come from and who may read them: folders and files of rows, formats, sections, hidden text.
@NullMarked
package dev.sartor.documents;

import org.jspecify.annotations.NullMarked;
