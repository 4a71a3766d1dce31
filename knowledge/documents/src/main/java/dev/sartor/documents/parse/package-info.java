/// From a file's bytes to sections: Markdown, text, and everything else by Tika in worker processes.
@NullMarked
package dev.sartor.documents.parse;

import org.jspecify.annotations.NullMarked;
