/// OpenAI's Responses API, without anything that is kept between requests.
@NullMarked
package dev.sartor.serve.openai.responses;

import org.jspecify.annotations.NullMarked;
