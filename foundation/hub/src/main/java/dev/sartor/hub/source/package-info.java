/// Places that may hold a model's files: the hub, Python packages, Python's cache, what the user carried here. Each is
/// one class behind {@link dev.sartor.hub.source.Source}.
@NullMarked
package dev.sartor.hub.source;

import org.jspecify.annotations.NullMarked;
