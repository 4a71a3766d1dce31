/// Adapters on their way: PEFT's folders, pools of adapters for rows of one pass, adapters laid into weights. What an
/// adapter computes is in `model.network`.
@Door
@NullMarked
package dev.sartor.model.adapter;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
