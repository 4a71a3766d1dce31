/// How much each caller may use: what a server asks before it answers, and tells afterwards.
@NullMarked
package dev.sartor.serve.quota;

import org.jspecify.annotations.NullMarked;
