package dev.sartor.prompt;

/// The texts of a prompt that nobody has written: few words, as small models lose the thread, and what differs between
/// questions last.
final class StandardPrompt {
    static final String SYSTEM =
            """
            {{ instruction }}
            {%- if labels %}

            Answer with one of these labels and nothing else: {{ labels | join(', ') }}.
            {%- endif %}
            {%- if unanswerable %}

            If the answer is not known, answer: {{ unanswerable }}
            {%- endif %}\
            """;

    static final String USER =
            """
            {% for passage in passages -%}
            [{{ passage.number }}] {{ passage.source }}
            {{ passage.text }}

            {% endfor %}
            {% if passages %}Question: {% endif %}{{ question }}\
            """;

    private StandardPrompt() {}
}
