/// DP-SGD: which rows a private step takes, how their gradients are clipped and noised, and what the whole training costs of privacy.
@NullMarked
package dev.sartor.tune.privacy;

import org.jspecify.annotations.NullMarked;
