/// The studio: web pages over the projects of a folder, for whoever starts it. Its server is `serve`'s, what it shows is read by
/// `compare` and `project`.
@NullMarked
package dev.sartor.studio;

import org.jspecify.annotations.NullMarked;
