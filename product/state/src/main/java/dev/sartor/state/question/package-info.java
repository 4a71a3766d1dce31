/// How a server asks its database before each request: one question at a time, whoever waits for the answer.
@NullMarked
package dev.sartor.state.question;

import org.jspecify.annotations.NullMarked;
