package dev.sartor.cli.audit;

import dev.sartor.cli.option.Span;
import dev.sartor.core.SartorException;
import dev.sartor.state.audit.KeptEntries;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which entries are meant; each option that is given must hold.
final class AuditFilterOptions {
    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "From this time on: 7d, 24h, 30m ago, or a day such as 2027-03-31 (UTC).")
    Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
    Optional<String> until = Optional.empty();

    @Option(names = "--user", paramLabel = "USER", description = "What this user asked.")
    Optional<String> user = Optional.empty();

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "What users of this tenant asked.")
    Optional<String> tenant = Optional.empty();

    @Option(names = "--key", paramLabel = "ID", description = "What came by this key.")
    Optional<String> key = Optional.empty();

    @Option(
            names = "--document",
            paramLabel = "NAME",
            description = "Answers that disclosed passages of this document.")
    Optional<String> document = Optional.empty();

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Of this HTTP status; 4 and 5 stand for all of their hundreds.")
    Optional<Integer> status = Optional.empty();

    KeptEntries.Filter filter() {
        var now = Clock.systemUTC().instant();
        status.filter(code -> code < 1 || code > 599)
                .ifPresent(code -> {
                    throw SartorException.user(
                            "--status must be an HTTP status such as 403, or its first digit, got "
                                    + code
                                    + ".");
                });
        var names = new ArrayList<String>();
        user.ifPresent(name -> names.add("user:" + name));
        tenant.ifPresent(name -> names.add("tenant:" + name));
        return new KeptEntries.Filter(
                since.map(text -> Span.before(now, "--since", text)),
                until.map(text -> Span.before(now, "--until", text)),
                List.copyOf(names),
                key,
                document,
                status);
    }
}
