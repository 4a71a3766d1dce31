/// Folders and files of rows as sources of documents, which come, change and go.
@Door
@NullMarked
package dev.sartor.documents.source;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
