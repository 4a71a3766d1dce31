/// The pages, in words and numbers for the templates, and the templates.
@NullMarked
package dev.sartor.studio.page;

import org.jspecify.annotations.NullMarked;
