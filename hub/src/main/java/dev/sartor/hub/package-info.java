/// Where model files come from: catalogue, download, cache, checksums, licences.
@NullMarked
package dev.sartor.hub;

import org.jspecify.annotations.NullMarked;
