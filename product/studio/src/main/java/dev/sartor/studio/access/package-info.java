/// Who gets in: the start-up token, the cookie that it is exchanged for, and what a browser tells of where a request comes from.
@NullMarked
package dev.sartor.studio.access;

import org.jspecify.annotations.NullMarked;
