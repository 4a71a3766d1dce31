/// The blocks of a network: attention, feed-forward networks, norms, and how they are joined. Each reads like its
/// paper; none knows a family.
@NullMarked
package dev.sartor.model.layer;

import org.jspecify.annotations.NullMarked;
