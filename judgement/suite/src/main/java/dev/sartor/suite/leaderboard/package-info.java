/// Models side by side on the same items, and the smallest that is as good as the best.
@Door
@NullMarked
package dev.sartor.suite.leaderboard;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
