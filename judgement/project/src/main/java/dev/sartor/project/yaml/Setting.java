package dev.sartor.project.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Documents one key of `sartor.yaml`, where the key is: on the record's component. What it says is what the reader
/// checks, what the JSON Schema holds, what the reference prints and what `sartor init` writes as comments.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /// What the setting does and what it trades, in a line or two.
    String means();

    /// The default as YAML; empty where there is none, which makes the key required unless its type is Optional.
    String fallback() default "";

    /// A value as YAML, worth copying.
    String example() default "";

    /// The least number allowed; with {@link #above()} the number itself is not.
    double least() default Double.NEGATIVE_INFINITY;

    double most() default Double.POSITIVE_INFINITY;

    boolean above() default false;

    /// What a text must match, and how a person would say it: `pattern` and `rule` come together.
    String pattern() default "";

    String rule() default "";

    /// Whether an error must not repeat the value, which may be a key pasted into the wrong place.
    boolean secret() default false;

    /// What to do instead, as one sentence; ends an error about this key.
    String advice() default "";

    /// What a path must lead to.
    Leads leads() default Leads.FILE;

    /// Kinds of path.
    enum Leads {
        FILE,
        FOLDER
    }
}
