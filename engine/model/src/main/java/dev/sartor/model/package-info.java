/// What networks are made of: configuration, linear layers and tables with adapters on, rotary positions, masks, and
/// the passes that are computed in one go. Whole networks are in `model.network`, loading in `model.file`.
@NullMarked
package dev.sartor.model;

import org.jspecify.annotations.NullMarked;
