/// File formats of models, tokenizers, architectures, and adapters on a network.
@NullMarked
package dev.sartor.model;

import org.jspecify.annotations.NullMarked;
